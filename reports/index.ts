/** Everything a run is turned into for people: reports read runs, never a live server. */
export { writeReports } from './files.ts';
export { createLive } from './live.ts';
export { formatSummary, mayColour } from './summary.ts';
