/**
 * What trials say of a capacity. Each is a yes or no that gets likelier the farther its load lies below the capacity;
 * how quickly, the spread, differs between hosts and is found along with it. Every pair of a capacity and a spread on a
 * grid is weighed by the chance it gives the trials seen.
 */
import { FARTHEST, LAPSE, passChance } from './pass.ts';

/** A trial, as far as the capacity goes. */
export interface Observation {
  readonly load: number;
  readonly ok: boolean;
}

/** Loads that the capacity is believed to lie between. */
export interface Bracket {
  readonly lower: number;
  readonly upper: number;
}

/** What is believed of a capacity. */
export interface Posterior {
  /** Logarithm of the grid's first load, and the distance between neighbours. */
  readonly start: number;
  readonly step: number;
  /** Belief in each load of the grid; together 1. */
  readonly belief: Float64Array;
  /** Mean of the spread: standard deviation of the logarithm of what a trial can carry. */
  readonly spread: number;
}

const POINTS = 600;

/** Spreads that are weighed, equally likely at first. */
const SPREADS: readonly number[] = [0.01, 0.02, 0.04, 0.07, 0.12, 0.2];

/** Factor to both sides of the bracket within which the capacity is looked for. */
const MARGIN = 2;

/** Weighs a grid over the bracket and a factor of 2 to both sides; before the first trial every logarithm is as likely. */
export function weigh(observations: readonly Observation[], { lower, upper }: Bracket): Posterior {
  const start = Math.log(lower / MARGIN);
  const step = (Math.log(upper * MARGIN) - start) / (POINTS - 1);
  const belief = new Float64Array(POINTS);
  let spreadSum = 0;
  for (const spread of SPREADS) {
    const weights = weighSpread(observations, { spread, start, step });
    for (let index = 0; index < POINTS; index += 1) {
      const weight = weights[index] ?? 0;
      belief[index] = (belief[index] ?? 0) + weight;
      spreadSum += weight * spread;
    }
  }
  const total = belief.reduce((sum, weight) => sum + weight, 0);
  return { start, step, belief: belief.map((weight) => weight / total), spread: spreadSum / total };
}

/** The chance of all trials for each capacity of the grid. Of 24 trials none gets near what a double cannot hold. */
function weighSpread(
  observations: readonly Observation[],
  { spread, start, step }: { spread: number; start: number; step: number },
): Float64Array {
  const weights = new Float64Array(POINTS).fill(1);
  for (const { load, ok } of observations) {
    const lower = ok ? LAPSE : 1 - LAPSE;
    const upper = 1 - lower;
    const first = (start - Math.log(load)) / spread;
    const each = step / spread;
    // Only near the load does the chance depend on the capacity: elsewhere it is that of a lapse, or the rest.
    const from = Math.max(0, Math.min(POINTS, Math.ceil((-FARTHEST - first) / each)));
    const to = Math.max(from, Math.min(POINTS, Math.floor((FARTHEST - first) / each)));
    for (let index = 0; index < POINTS; index += 1) {
      const weight = weights[index] ?? 0;
      if (index < from) weights[index] = weight * lower;
      else if (index >= to) weights[index] = weight * upper;
      else {
        const chance = passChance(first + index * each);
        weights[index] = weight * (ok ? chance : 1 - chance);
      }
    }
  }
  return weights;
}

/** Gives the load that the capacity stays below with the chance `share`. */
export function quantileOf({ start, step, belief }: Posterior, share: number): number {
  let sum = 0;
  for (const [index, weight] of belief.entries()) {
    // Each point stands for the loads half a step around it.
    if (weight > 0 && sum + weight >= share)
      return Math.exp(start + step * (index - 0.5 + (share - sum) / weight));
    sum += weight;
  }
  return Math.exp(start + step * (POINTS - 0.5));
}
