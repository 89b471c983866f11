/** Door of `compare`: runs side by side. */

export type { NamedRun } from './comparable.ts';
export type { Comparison, Row } from './compare.ts';
export { compareRuns } from './compare.ts';
export { comparisonToJson } from './json.ts';
export { formatComparison, intervalSentence, writeChange, writeOutcome, writeValue } from './words.ts';
