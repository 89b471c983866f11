/** Door of `plan`: what a capacity plan is turned into for people and for programs. */
export { PLAN_VERSION, type PlanDocument, parsePlan } from './document/index.ts';
export { planReportNames, writePlanReports } from './files.ts';
export { formatPlanMarkdown } from './markdown.ts';
export { formatPlanSummary } from './terminal.ts';
