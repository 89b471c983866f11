/** Door of `work`: all trials of a plan, in their order and within its time. */
export { type Planned, type PlanFollower, type PlanTrials, runTrials } from './run-trials.ts';
