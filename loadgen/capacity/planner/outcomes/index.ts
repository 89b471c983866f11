/** Door of `outcomes`: what a trial that was run tells the search, the proof and the costs. */

export { busyCores, observationsOf, type Role } from './observations.ts';
export { outcomeOfRecord } from './outcome-of-record.ts';
export { sloTrialOf } from './slo-trial.ts';
