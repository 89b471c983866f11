/** Random lengths of time: which one a draw stands for, and what is left of one that is already running. */
import type { PlannedGap } from '../plan.ts';
import { normalQuantile } from './normal-quantile.ts';

/** Half of the step between two draws: keeps a draw of 0 off the end of distributions that have none. */
const HALF_STEP = 2 ** -33;

/** When a gap is over that began at `from`. The draw is from 0 to below 1. */
export function afterGap(gap: PlannedGap, from: number, draw: number): number {
  const { mean, shape, spread } = gap;
  switch (shape) {
    case 'even': {
      const shortest = mean * (1 - spread);
      return from + shortest + draw * (mean * (1 + spread) - shortest);
    }
    case 'constant':
      return from + mean;
    case 'exponential':
      return from + exponential(mean, draw);
    case 'lognormal':
      return from + mean * Math.exp(spread * normalQuantile(draw + HALF_STEP) - spread ** 2 / 2);
  }
}

/**
 * When a gap is over that was already running at `from`, the beginning of nobody knows when. Whoever takes
 * turns from such a moment on takes them at exactly its rate, with neither a burst nor a lull.
 *
 * A moment falls into long gaps more often than into short ones: the density of the gap it falls into grows
 * with its length. `lengthDraw` chooses that gap and `placeDraw` the place in it.
 */
export function afterRest(gap: PlannedGap, from: number, lengthDraw: number, placeDraw: number): number {
  const { mean, shape, spread } = gap;
  switch (shape) {
    case 'even': {
      const [shortest, longest] = [mean * (1 - spread), mean * (1 + spread)];
      const length = Math.sqrt(lengthDraw * (longest ** 2 - shortest ** 2) + shortest ** 2);
      return from + placeDraw * length;
    }
    case 'constant':
      return from + placeDraw * mean;
    case 'exponential':
      // It has no memory: what is left is as long as a whole one.
      return from + exponential(mean, lengthDraw);
    case 'lognormal': {
      const length = mean * Math.exp(spread * normalQuantile(lengthDraw + HALF_STEP) + spread ** 2 / 2);
      return from + placeDraw * length;
    }
  }
}

/** The length of time that an exponential distribution gives a draw. */
export function exponential(mean: number, draw: number): number {
  return -mean * Math.log1p(-draw);
}
