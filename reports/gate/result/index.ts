/** The answer of a job, with everything a report prints of it. */
export { exitCodeOf } from './exit-code.ts';
export { isWholeBlock, MOST_ATTEMPTS, type Result, resultOf, valuesOfBlock } from './result.ts';
export { type Row, WATCH_LEVEL } from './rows.ts';
