/** Door of `baseline`: this build against stored measurements. */
export { compareWithBaseline, recordBaseline } from './baseline.ts';
export { formatAdvice } from './format.ts';
export type { Measurement } from './measure.ts';
