/** Door of `history`: the runs of the past. */
export { type History, type PastRun, readHistory } from './history.ts';
