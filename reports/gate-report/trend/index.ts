/** A ledger along time. */
export { type History, readHistories } from './histories.ts';
export { formatTrend, groupHistories, type HistoryGroup, writeKind } from './words.ts';
