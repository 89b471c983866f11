/** The answer of a job, with everything a report prints of it. */
export { exitCodeOf } from './exit-code.ts';
export { isWholeBlock, MOST_ATTEMPTS, type Result, resultOf } from './result.ts';
export type { Row } from './rows.ts';
