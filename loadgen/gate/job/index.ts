/** Door of `job`: one gate from start to end. */
export { type CreateBench, GATE_RECORD_NAME, type JobOutcome, runJob } from './run-job.ts';
export { checkVerifiable, verifySize } from './verify.ts';
