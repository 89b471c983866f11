/** Door of `result`: the answer of a search and what bears on it. */
export type { LimitCapacity } from './capacities.ts';
export type { Finding, FindingName } from './findings.ts';
export { resultOf, type SearchResult, type SearchVerdict } from './result.ts';
export type { Snapshot } from './snapshots.ts';
