/** Seconds → summary. Pure. */
export { summarizeRun } from './summarize.ts';
