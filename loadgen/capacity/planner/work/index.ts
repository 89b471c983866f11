/** Door of `work`: all trials of a plan, in their order and within its time. */
export { guessOf } from './guess.ts';
export { type PlanFollower, type Planned, type PlanTrials, runTrials } from './run-trials.ts';
