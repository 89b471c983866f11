/** Whether intervals that promise 90 % keep it, over predictions whose measurements are there. */
import { binomialAtLeast } from '../../../reports/gate/statistics/index.ts';

/** A prediction and what was measured of it, both in the unit of the prediction. */
export interface Outcome {
  readonly median: number;
  readonly lower: number;
  readonly upper: number;
  readonly measured: number;
}

/** How often intervals held what was measured. */
export interface Coverage {
  readonly measured: number;
  readonly within: number;
  /** From how many to how many hits agree with 90 %; fewer and more are too rare. */
  readonly least: number;
  readonly most: number;
  readonly agrees: boolean;
  /** Root of the mean square of the natural logarithm of predicted over measured: 0.06 is about 6 %; 0 of none. */
  readonly error: number;
  /** Mean of that logarithm: above 0 where predictions promise too much; 0 of none. */
  readonly bias: number;
}

/** What the intervals promise. */
const PROMISED = 0.9;

/** Chance that a promise that is kept counts as broken, to each side. */
const TAIL = 0.025;

/** Counts the hits, and says whether so many agree with the promise: by the exact binomial law, with 95 % confidence. */
export function coverageOf(outcomes: readonly Outcome[]): Coverage {
  const measured = outcomes.length;
  const within = outcomes.filter(isWithin).length;
  const { least, most } = bandOf(measured);
  const logs = outcomes.map((outcome) => Math.log(outcome.median / outcome.measured));
  const total = Math.max(1, measured);
  return {
    measured,
    within,
    least,
    most,
    agrees: within >= least && within <= most,
    error: Math.sqrt(logs.reduce((sum, log) => sum + log ** 2, 0) / total),
    bias: logs.reduce((sum, log) => sum + log, 0) / total,
  };
}

/** Tells whether an interval held what was measured. */
export function isWithin({ lower, upper, measured }: Outcome): boolean {
  return measured >= lower && measured <= upper;
}

/**
 * Gives the fewest and the most hits of so many trials that agree with the promise, by the exact binomial law.
 * @param tail Chance that fewer, or that more, are seen where it is kept.
 */
export function bandOf(trials: number, tail: number = TAIL): { least: number; most: number } {
  const counts = Array.from({ length: trials + 1 }, (_, hits) => hits);
  const atLeast = (hits: number): number => binomialAtLeast(hits, { trials, p: PROMISED });
  const least = counts.find((hits) => 1 - atLeast(hits + 1) > tail) ?? 0;
  const most = counts.findLast((hits) => atLeast(hits) > tail) ?? trials;
  return { least, most };
}
