/** Door of `plan`: what a capacity plan is turned into for people and for programs. */
export { type PlanDocument, parsePlan } from './document/index.ts';
export { writePlanReports } from './files.ts';
export { formatPlanSummary } from './terminal.ts';
