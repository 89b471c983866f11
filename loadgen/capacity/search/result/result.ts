/** The answer of a search. */
import type { Estimate } from '../../estimate/index.ts';
import { formatSlo } from '../../slo/index.ts';
import type { SearchState } from '../state.ts';
import { ceilingOf, confirmedLoad, largestPass, observationsOf, posteriorOf } from '../steps/index.ts';
import { capacitiesOf, capacityOf, geometricMean, type LimitCapacity } from './capacities.ts';
import { type Finding, findingsOf } from './findings.ts';
import { type Snapshot, snapshotsOf } from './snapshots.ts';
import { wordLoad, wordNumber } from './words.ts';

/**
 * `found`: located and confirmed. `at-least`: confirmed, and more may be possible. `unconfirmed`: no soak passed.
 * `not-met`: the objective was not met at any load tried. `fell-over`: the target ended again and again.
 */
export type SearchVerdict = 'found' | 'at-least' | 'unconfirmed' | 'not-met' | 'fell-over';

/** What a search found. Loads are messages scheduled per second. */
export interface SearchResult {
  readonly verdict: SearchVerdict;
  /** The answer in one sentence; with capital, without full stop. */
  readonly sentence: string;
  /** The largest load that a soak confirmed: the capacity to publish. */
  readonly confirmed?: number;
  /** That load as it is to be printed: "at least X (generator-limited)" where that is all that is known. */
  readonly wording?: string;
  /** What the capacity is believed to be; with `at-least`, not more than where it begins. */
  readonly estimate?: Estimate;
  /** Spread between trials of the same load: standard deviation of the logarithm. */
  readonly trialSpread?: number;
  readonly capacities: readonly LimitCapacity[];
  /** Of the capacities at the five limits; absent where one of them is. */
  readonly geometricMean?: { readonly estimate: Estimate; readonly isAtLeast: boolean };
  readonly findings: readonly Finding[];
  readonly snapshots: readonly Snapshot[];
}

/** Sums up a search, ended or not. */
export function resultOf(state: SearchState): SearchResult {
  const capacity = capacityOf(state);
  const capacities = capacitiesOf(state);
  const mean = geometricMean(capacities);
  const confirmed = confirmedLoad(state);
  const verdict = verdictOf(state, capacity);
  const wording = confirmed === undefined ? undefined : wordConfirmed(state, { confirmed, ...capacity });
  return {
    verdict,
    sentence: sentenceOf(state, { verdict, wording, estimate: capacity.estimate }),
    ...(confirmed !== undefined && { confirmed }),
    ...(wording !== undefined && { wording }),
    ...(capacity.estimate && { estimate: capacity.estimate, trialSpread: posteriorOf(state).spread }),
    capacities,
    ...(mean && { geometricMean: mean }),
    findings: findingsOf(state),
    snapshots: capacity.estimate ? snapshotsOf(state) : [],
  };
}

function verdictOf(state: SearchState, { isAtLeast }: { isAtLeast: boolean }): SearchVerdict {
  if (confirmedLoad(state) !== undefined) return isAtLeast ? 'at-least' : 'found';
  if (state.attempts.at(-1)?.outcome.fellOver !== undefined) return 'fell-over';
  const observations = observationsOf(state);
  return largestPass(observations) === 0 && observations.length > 0 ? 'not-met' : 'unconfirmed';
}

function wordConfirmed(
  state: SearchState,
  { confirmed, isAtLeast }: { confirmed: number; isAtLeast: boolean },
): string {
  if (!isAtLeast) return wordLoad(confirmed);
  const limit = Number.isFinite(ceilingOf(state)) ? 'generator-limited' : 'no larger load was tried';
  return `at least ${wordLoad(confirmed)} (${limit})`;
}

function sentenceOf(
  state: SearchState,
  {
    verdict,
    wording,
    estimate,
  }: {
    verdict: SearchVerdict;
    wording: string | undefined;
    estimate: Estimate | undefined;
  },
): string {
  switch (verdict) {
    case 'found':
      return `The capacity is ${wording}, confirmed over ${state.settings.soakSeconds} s; the estimate is ${wordEstimate(estimate)}`;
    case 'at-least':
      return `The capacity is ${wording}, confirmed over ${state.settings.soakSeconds} s`;
    case 'unconfirmed':
      return unconfirmed(state, estimate);
    case 'not-met':
      return notMet(state);
    case 'fell-over':
      return fellOver(state, estimate);
  }
}

function wordEstimate(estimate: Estimate | undefined): string {
  if (estimate === undefined) return 'missing';
  const { median, lower, upper } = estimate;
  return `${wordLoad(median)} (90 %: ${wordNumber(lower)} to ${wordNumber(upper)})`;
}

function unconfirmed(state: SearchState, estimate: Estimate | undefined): string {
  if (estimate === undefined) {
    const guards = state.attempts.flatMap(({ outcome }) => outcome.guards);
    return `Cannot tell the capacity: the load generator spoilt every trial: ${[...new Set(guards)].join('; ')}`;
  }
  return `Cannot confirm a capacity within ${state.attempts.length} trials: no soak passed; the estimate is ${wordEstimate(estimate)}`;
}

function notMet(state: SearchState): string {
  const failed = state.attempts.filter(({ outcome }) => outcome.guards.length === 0);
  const smallest = Math.min(...failed.map(({ outcome }) => outcome.load));
  const { reasons = [] } = failed.find(({ outcome }) => outcome.load === smallest)?.outcome ?? {};
  const isOneUser = smallest <= state.settings.smallestLoad * 1.001;
  const where = isOneUser
    ? `one user, ${wordLoad(smallest)}`
    : `the smallest load tried, ${wordLoad(smallest)}`;
  const why = reasons.map(({ sentence }) => sentence).join('; ');
  return `Cannot meet ${formatSlo(state.settings.slo)} at ${where}: ${why}`;
}

function fellOver(state: SearchState, estimate: Estimate | undefined): string {
  const last = state.attempts.at(-1)?.outcome;
  const kept = estimate ? `; until then the estimate is ${wordEstimate(estimate)}` : '';
  return `Cannot go on: the target ended again at ${wordLoad(last?.load ?? 0)}: ${last?.fellOver}${kept}`;
}
