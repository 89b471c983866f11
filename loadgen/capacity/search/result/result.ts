/** The answer of a search. */
import type { Estimate } from '../../estimate/index.ts';
import { formatSlo } from '../../slo/index.ts';
import type { SearchState } from '../state.ts';
import {
  ceilingOf,
  confirmedLoad,
  isOneUser,
  largestPass,
  observationsOf,
  posteriorOf,
} from '../steps/index.ts';
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
  /** Why the capacity is a lower bound, confirmed or not; absent where it is none. */
  readonly atLeast?: 'generator-limited' | 'no larger load was tried';
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
  const atLeast = capacity.isAtLeast ? boundOf(state) : undefined;
  const wording = confirmed === undefined ? undefined : wordBound(confirmed, atLeast);
  return {
    verdict,
    sentence: sentenceOf(state, { verdict, wording, belief: wordBelief(capacity.estimate, atLeast) }),
    ...(atLeast !== undefined && { atLeast }),
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

function boundOf(state: SearchState): NonNullable<SearchResult['atLeast']> {
  return Number.isFinite(ceilingOf(state)) ? 'generator-limited' : 'no larger load was tried';
}

function wordBound(load: number, atLeast: SearchResult['atLeast']): string {
  return atLeast === undefined ? wordLoad(load) : `at least ${wordLoad(load)} (${atLeast})`;
}

function sentenceOf(
  state: SearchState,
  {
    verdict,
    wording,
    belief,
  }: {
    verdict: SearchVerdict;
    wording: string | undefined;
    /** What the capacity is believed to be; absent where nothing is. */
    belief: string | undefined;
  },
): string {
  switch (verdict) {
    case 'found':
      return `The capacity is ${wording}, confirmed over ${state.settings.soakSeconds} s; ${belief}`;
    case 'at-least':
      return `The capacity is ${wording}, confirmed over ${state.settings.soakSeconds} s`;
    case 'unconfirmed':
      return unconfirmed(state, belief);
    case 'not-met':
      return notMet(state);
    case 'fell-over':
      return fellOver(state, belief);
  }
}

/** What begins somewhere and has no end is no estimate with an interval. */
function wordBelief(estimate: Estimate | undefined, atLeast: SearchResult['atLeast']): string | undefined {
  if (estimate === undefined) return undefined;
  const { median, lower, upper } = estimate;
  if (atLeast !== undefined) return `it is believed to be ${wordBound(lower, atLeast)}`;
  return `the estimate is ${wordLoad(median)} (90 %: ${wordNumber(lower)} to ${wordNumber(upper)})`;
}

function unconfirmed(state: SearchState, belief: string | undefined): string {
  if (belief === undefined) {
    const guards = state.attempts.flatMap(({ outcome }) => outcome.guards);
    return `Cannot tell the capacity: the load generator spoilt every trial: ${[...new Set(guards)].join('; ')}`;
  }
  return `Cannot confirm a capacity within ${state.attempts.length} trials: no soak passed; ${belief}`;
}

function notMet(state: SearchState): string {
  const failed = state.attempts.filter(({ outcome }) => outcome.guards.length === 0);
  // One user may have nothing to say within a trial: what nobody said tells nothing.
  const telling = failed.filter(({ outcome }) => outcome.reasons.some(({ name }) => name !== 'nothing'));
  const last = (telling.length > 0 ? telling : failed).reduce((smallest, one) =>
    one.outcome.load < smallest.outcome.load ? one : smallest,
  );
  const { load: smallest, reasons } = last.outcome;
  const where = isOneUser(last, state)
    ? `one user, ${wordLoad(smallest)}`
    : `the smallest load tried, ${wordLoad(smallest)}`;
  const why = reasons.map(({ sentence }) => sentence).join('; ');
  return `Cannot meet ${formatSlo(state.settings.slo)} at ${where}: ${why}`;
}

function fellOver(state: SearchState, belief: string | undefined): string {
  const last = state.attempts.at(-1)?.outcome;
  const kept = belief === undefined ? '' : `; until then ${belief}`;
  return `Cannot go on: the target ended again at ${wordLoad(last?.load ?? 0)}: ${last?.fellOver}${kept}`;
}
