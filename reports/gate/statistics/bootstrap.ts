/**
 * The interval that readers of other reports expect, by resampling blocks: bias-corrected and accelerated, after
 * Efron. It stands beside the exact bounds and decides nothing: of few blocks it is too narrow.
 */
import { normalBelow, normalQuantile } from './chance.ts';
import { mean, quantile } from './spread.ts';

/** Resamples an interval is taken from. */
const RESAMPLES = 10_000;

/** Standard deviations beyond which nothing was drawn. */
const FARTHEST = 8;

/** An interval with two ends. */
interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Gives the interval that holds what `estimate` estimates with the confidence given, to both sides alike. `draw` gives
 * numbers from 0 (inclusive) to 1 (exclusive); the same numbers give the same interval.
 * @throws RangeError for fewer than two values.
 */
export function bootstrapInterval(
  values: readonly number[],
  {
    estimate,
    confidence,
    draw,
  }: { estimate: (values: readonly number[]) => number; confidence: number; draw: () => number },
): Interval {
  if (values.length < 2)
    throw new RangeError(`Cannot resample blocks: there are ${values.length}, wanted 2 or more`);
  const found = estimate(values);
  const estimates = Array.from({ length: RESAMPLES }, () => estimate(resample(values, draw)));
  const bias = normalQuantile(shareBelow(estimates, found));
  const acceleration = accelerationOf(values, estimate);
  const end = (share: number): number => {
    const shifted = bias + normalQuantile(share);
    const place = bias + shifted / (1 - acceleration * shifted);
    return quantile(estimates, normalBelow(Math.max(-FARTHEST, Math.min(FARTHEST, place))));
  };
  return { lower: end((1 - confidence) / 2), upper: end((1 + confidence) / 2) };
}

function resample(values: readonly number[], draw: () => number): number[] {
  return values.map(() => values[Math.floor(draw() * values.length)] ?? Number.NaN);
}

/** Estimates equal to the value count by half: of few values many are. */
function shareBelow(estimates: readonly number[], value: number): number {
  const below = estimates.filter((estimate) => estimate < value).length;
  const equal = estimates.filter((estimate) => estimate === value).length;
  return (below + equal / 2) / estimates.length;
}

/** How the spread of an estimate changes with what it estimates, from the estimates that lack one value each. */
function accelerationOf(values: readonly number[], estimate: (values: readonly number[]) => number): number {
  const estimates = values.map((_, index) => estimate(values.toSpliced(index, 1)));
  const centre = mean(estimates);
  const squares = estimates.reduce((sum, each) => sum + (centre - each) ** 2, 0);
  const cubes = estimates.reduce((sum, each) => sum + (centre - each) ** 3, 0);
  const scale = 6 * squares ** 1.5;
  return scale === 0 ? 0 : cubes / scale;
}
