/** The capacity of any number of workers, from the one that was searched to its end and the shape of the law. */
import { type Estimate, estimateOf } from '../../estimate/index.ts';
import type { Prediction } from '../../fleet/index.ts';
import { gradeOf, predictCapacity, type ScalingFit } from '../../scaling/index.ts';

/** What was searched to its end. */
export interface Main {
  readonly workers: number;
  /** Messages a second. */
  readonly capacity: Estimate;
}

/** How uncertain proportion is where no law was fitted: for each doubling of the workers. */
const SPREAD_OF_DOUBLING = 0.15;

/**
 * Gives the law as capacities of workers like the main one. The law may be that of smaller workers: its shape is taken,
 * and the main capacity puts it in its place. Without a law, proportion is assumed and its interval grows with the
 * distance.
 */
export function scalingOf(
  { capacity, workers: own }: Main,
  fit?: ScalingFit,
): (workers: number) => Prediction {
  return (workers) => {
    if (workers === own) return { ...capacity, grade: 'interpolation' };
    if (fit === undefined) return inProportion({ capacity, workers: own }, workers);
    const there = predictCapacity(fit, workers);
    const here = predictCapacity(fit, own);
    const median = (capacity.median * there.median) / here.median;
    return { ...estimateOf(median, Math.hypot(capacity.spread, there.spread)), grade: there.grade };
  };
}

function inProportion({ capacity, workers: own }: Main, workers: number): Prediction {
  const times = workers / own;
  const doubt = SPREAD_OF_DOUBLING * Math.abs(Math.log2(times));
  return {
    ...estimateOf(capacity.median * times, Math.hypot(capacity.spread, doubt)),
    grade: gradeOf({ points: [{ workers: own, capacity }] }, workers),
  };
}
