/** What must hold exactly. */
export { checkArrivals, checkTurns } from './arrivals.ts';
export type { Check } from './check.ts';
export { checkDeterminism } from './determinism.ts';
export { checkMerging } from './merging.ts';
export { createRandomPlan } from './plans.ts';
