/** What is known of the gate itself: jobs of which the truth is known. */
export { appendEntry, LEDGER_VERSION, readLedger } from './entries.ts';
export { standingOf } from './standing.ts';
