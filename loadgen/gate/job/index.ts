/** Door of `job`: one gate from start to end. */
export { checkVerifiable, verifySize } from './rules/index.ts';
export { type CreateBench, type JobOutcome, runJob } from './run-job.ts';
