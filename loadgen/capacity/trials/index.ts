/** Door of `trials`: runs at one load each, and what they tell of a server's capacity. */
export type { ServiceTime } from './application/index.ts';
export {
  type Ceiling,
  type CeilingRequest,
  type CeilingTrial,
  nullServerCeiling,
} from './null-server-ceiling.ts';
export { type LimitedWorkers, limitWorkers, refusesQuota } from './quota/index.ts';
export { readTrial } from './read-trial.ts';
export { runTrial, type Surroundings, type TrialRequest } from './run-trial.ts';
export { trialOf } from './trial-of.ts';
export {
  LIMITS_MS,
  type TrialCounts,
  type TrialGenerator,
  type TrialLoadProcess,
  type TrialProcess,
  type TrialRecord,
  type TrialSecond,
  type TrialTerms,
} from './trial-record.ts';
