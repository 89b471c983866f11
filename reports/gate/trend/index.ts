/** The slow creep that no single comparison shows: change points over the history of a metric. */
export { groupChanges } from './groups.ts';
export { chainRatios, readTrend } from './trend.ts';
