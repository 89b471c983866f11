/** What a fit says of numbers of workers that were not measured, and how far it may be believed. */
import { quantile } from '../../../reports/gate/statistics/index.ts';
import { type Estimate, estimateBetween } from '../estimate/index.ts';
import type { ScalingFit } from './fit-scaling.ts';
import { peakOf, rateOf, type ScalingLaw } from './law.ts';

/**
 * How far beyond the largest size measured: to 1.5 times, to 2 times, or beyond. What is beyond is shown with its
 * interval and never chosen by.
 */
export type Grade = 'interpolation' | 'extrapolation' | 'beyond';

/** What a measurement of so many workers would give, in the unit of the points. */
export interface Prediction extends Estimate {
  readonly workers: number;
  readonly grade: Grade;
}

/** Number of workers beyond which more make all slower. */
export interface Peak {
  /** The 5 % point. */
  readonly lower: number;
  /** Absent when it is as likely that there is none. */
  readonly median?: number;
  /** The 95 % point; absent when there may be none. */
  readonly upper?: number;
}

/** One number of the law, over all cases by their weights. */
export interface Coefficient {
  readonly mean: number;
  /** The 5 % point. */
  readonly lower: number;
  /** The 95 % point. */
  readonly upper: number;
}

const MOST_INTERPOLATED = 1.5;
const MOST_EXTRAPOLATED = 2;

/** Times the largest size measured, beyond which no peak is spoken of. */
const FARTHEST_PEAK = 4;

const LOW = 0.05;
const HIGH = 0.95;

/**
 * Predicts what a measurement of so many workers would give: the mean of all cases of the law by their weights, and
 * the interval of 90 % that such a measurement, with its noise, falls into.
 * @throws RangeError for fewer workers than one.
 */
export function predictCapacity(fit: ScalingFit, workers: number): Prediction {
  if (!(workers >= 1)) throw new RangeError(`Cannot predict "${workers}" workers: wanted 1 or more`);
  const log = fit.candidates.reduce(
    (sum, { law, weight }) => sum + weight * Math.log(rateOf(law, workers)),
    0,
  );
  const logs = fit.replicates.map(({ law, noise }) => Math.log(rateOf(law, workers)) + noise);
  return {
    ...estimateBetween({
      median: Math.exp(log),
      lower: Math.exp(Math.min(log, quantile(logs, LOW))),
      upper: Math.exp(Math.max(log, quantile(logs, HIGH))),
    }),
    workers,
    grade: gradeOf(fit, workers),
  };
}

/** Says how far a number of workers lies beyond the largest one measured. */
export function gradeOf({ points }: Pick<ScalingFit, 'points'>, workers: number): Grade {
  const times = workers / widestOf(points);
  if (times <= MOST_INTERPOLATED) return 'interpolation';
  return times <= MOST_EXTRAPOLATED ? 'extrapolation' : 'beyond';
}

/** Gives lambda, sigma and kappa with the intervals of 90 % that they are known to. */
export function coefficientsOf({
  candidates,
  replicates,
}: Pick<ScalingFit, 'candidates' | 'replicates'>): Record<keyof ScalingLaw, Coefficient> {
  const of = (name: keyof ScalingLaw): Coefficient => {
    const values = replicates.map(({ law }) => law[name]);
    return {
      mean: candidates.reduce((sum, { law, weight }) => sum + weight * law[name], 0),
      lower: quantile(values, LOW),
      upper: quantile(values, HIGH),
    };
  };
  return { lambda: of('lambda'), sigma: of('sigma'), kappa: of('kappa') };
}

/** Finds where more workers make all slower; nothing when that is not known to be within four times what was measured. */
export function findPeak({ points, replicates }: ScalingFit): Peak | undefined {
  // Reciprocals are finite for laws without a peak, and descend where peaks ascend.
  const reciprocals = replicates.map(({ law }) => 1 / peakOf(law));
  const at = (share: number): number => 1 / quantile(reciprocals, 1 - share);
  const [lower, median, upper] = [at(LOW), at(0.5), at(HIGH)];
  if (lower > FARTHEST_PEAK * widestOf(points)) return undefined;
  return {
    lower,
    ...(Number.isFinite(median) && { median }),
    ...(Number.isFinite(upper) && { upper }),
  };
}

function widestOf(points: ScalingFit['points']): number {
  return Math.max(...points.map(({ workers }) => workers));
}
