/** Door of `search`: finds the largest load that meets an objective, one trial after the other. */
export { begin, type GivenSettings, learn } from './begin.ts';
export { type Done, next } from './next.ts';
export { fallenOutcome, outcomeOf } from './outcome.ts';
export {
  type Finding,
  type FindingName,
  type LimitCapacity,
  resultOf,
  type SearchResult,
  type SearchVerdict,
  type Snapshot,
} from './result/index.ts';
export type { Attempt, Outcome, Phase, Request, SearchSettings, SearchState } from './state.ts';
