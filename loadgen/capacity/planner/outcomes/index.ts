/** Door of `outcomes`: what a trial that was run tells the search and the costs. */
export { observationsOf, type Role } from './observations.ts';
export { outcomeOfRecord } from './outcome-of-record.ts';
