/** Door of `words`: how events of a run are put. */
export { describeExit, formatValue } from './words.ts';
