/** Door of `quota`: processes that get a share of a core. */
export { type LimitedWorkers, limitWorkers, refusesQuota } from './limit-workers.ts';
