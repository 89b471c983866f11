/** What is known of the gate itself: jobs of which the truth is known. */
export { appendEntry, LEDGER_VERSION, type LedgerEntry, readLedger } from './entries.ts';
export { runnerOf } from './runner.ts';
export { standingOf } from './standing.ts';
