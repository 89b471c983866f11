/** Door of `finished`: the commands that speak of runs that are over. */
export { addCompare } from './compare.ts';
export { addReport } from './report.ts';
export { addTrend } from './trend.ts';
