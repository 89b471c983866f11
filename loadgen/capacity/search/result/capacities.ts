/** The capacity as an estimate, at the objective and at the common limits. */
import { type Estimate, estimateBetween } from '../../estimate/index.ts';
import { commonLimitsMs } from '../../slo/index.ts';
import { quantileOf } from '../posterior/index.ts';
import type { SearchState } from '../state.ts';
import {
  ceilingOf,
  largestPass,
  largestTried,
  observationsOf,
  posteriorOf,
  UNTRIED,
} from '../steps/index.ts';
import { driftOf } from './drift.ts';

/** The capacity at one limit, in messages scheduled per second. */
export interface LimitCapacity {
  readonly withinMs: number;
  /** Absent where no load met this limit. */
  readonly estimate?: Estimate;
  /** Whether the capacity may be any load above the interval's lower end: no larger one was tried, or the generator is near. */
  readonly isAtLeast: boolean;
}

/** How near the load generator's ceiling may be to the upper end of an interval that it has no part in. */
const CEILING_MARGIN = 1.05;

/**
 * Gives the capacity at one of the common limits, or without an index at the objective. Trials are placed for the
 * objective, so the interval at another limit is wider, and above the objective's loads it may rest on a few trials.
 */
export function capacityOf(state: SearchState, limit?: number): Omit<LimitCapacity, 'withinMs'> {
  const observations = observationsOf(state, limit);
  const passed = largestPass(observations);
  if (passed === 0) return { isAtLeast: false };
  const posterior = posteriorOf(state, limit);
  const median = quantileOf(posterior, 0.5);
  const upper = quantileOf(posterior, 0.95);
  // Above all that passed, the 5 % point would rest on nothing but how far the grid goes.
  const lower = Math.min(quantileOf(posterior, 0.05), passed, median);
  const isAtLeast =
    upper > UNTRIED * largestTried(observations) || ceilingOf(state) <= upper * CEILING_MARGIN;
  return { estimate: widen({ lower, median, upper }, driftOf(state)?.move ?? 0), isAtLeast };
}

/** Gives the capacity at each of the common limits. */
export function capacitiesOf(state: SearchState): LimitCapacity[] {
  return commonLimitsMs.map((withinMs, limit) => ({ withinMs, ...capacityOf(state, limit) }));
}

/**
 * Gives the geometric mean of capacities; undefined when one is missing. They rest on the same trials, so their errors
 * go together and do not cancel: the interval is that of the mean of the ends.
 */
export function geometricMean(
  capacities: readonly LimitCapacity[],
): Required<Omit<LimitCapacity, 'withinMs'>> | undefined {
  const estimates = capacities.flatMap(({ estimate }) => (estimate ? [estimate] : []));
  if (estimates.length < capacities.length || estimates.length === 0) return undefined;
  const mean = (of: (estimate: Estimate) => number): number =>
    Math.exp(estimates.reduce((sum, estimate) => sum + Math.log(of(estimate)), 0) / estimates.length);
  const estimate = estimateBetween({
    lower: mean(({ lower }) => lower),
    median: mean(({ median }) => median),
    upper: mean(({ upper }) => upper),
  });
  return { estimate, isAtLeast: capacities.some(({ isAtLeast }) => isAtLeast) };
}

/** A drift of the host and the doubt of the search are independent: their squares add up. */
function widen(
  { lower, median, upper }: { lower: number; median: number; upper: number },
  move: number,
): Estimate {
  return estimateBetween({
    lower: median / Math.exp(Math.hypot(Math.log(median / lower), move)),
    median,
    upper: median * Math.exp(Math.hypot(Math.log(upper / median), move)),
  });
}
