/**
 * A cluster whose capacity is known, to try a search on. Workers share the load by the universal scalability law; what
 * a second can carry is lost in part to pauses, after which the messages that waited are served first.
 */
import type { SloPoint } from '../slo/index.ts';

/** What is true of a simulated cluster. Loads are messages scheduled per second. */
export interface SimulatedCluster {
  readonly workers: number;
  /** Messages per second that one worker carries. */
  readonly lambda: number;
  /** Share of the work that waits for the other workers: 0 to 1. */
  readonly sigma: number;
  /** Cost of each pair of workers staying agreed, as a share of a message: 0 or more. */
  readonly kappa: number;
  /** Every worker stops for so long, so often: the garbage collector. */
  readonly pause?: { readonly ms: number; readonly everySeconds: number };
  /** Standard deviation of the logarithm of what one trial can carry. */
  readonly spread: number;
  /** Chance that a trial fails whatever its load, and that it passes whatever its load. */
  readonly lapse: number;
  /** Load above which the load generator is the limit, and its messages are late by its own fault. */
  readonly generatorLimit?: number;
  /** Chance of a trial in which a guard trips though the generator could do more. */
  readonly guardMishap?: number;
  /** From so many trials on, a message costs so many times as much: a neighbour on the host. */
  readonly drift?: { readonly afterTrials: number; readonly factor: number };
  /** Load above which a backlog grows for ever, though all that counts is in time. */
  readonly growthAbove?: number;
  /** Load above which messages are lost, though all others are in time. */
  readonly lossAbove?: number;
  /** Whether it carries less than a third after an overload, until it is started anew. */
  readonly isMetastable?: boolean;
  /** Load above which the target ends. */
  readonly endsAbove?: number;
}

/** A cluster of four workers and 45,000 messages/s that does nothing untoward. */
export const quietCluster: SimulatedCluster = {
  workers: 4,
  lambda: 15_000,
  sigma: 0.1,
  kappa: 0.003,
  spread: 0.02,
  lapse: 0,
};

/** Gives what the workers can serve together, in messages per second: Gunther's universal scalability law. */
export function servedBy({ workers, lambda, sigma, kappa }: SimulatedCluster): number {
  return (lambda * workers) / (1 + sigma * (workers - 1) + kappa * workers * (workers - 1));
}

/**
 * Gives the true capacity at a point of an objective: the load at which every second trial passes.
 *
 * A message scheduled `u` after the beginning of a pause of length `P` waits `P - u (1 - r)` at the utilisation `r`, so
 * those of the first `(P - Y) / (1 - r)` are late at the limit `Y`. Their share is the one allowed at the capacity.
 */
export function trueCapacity(cluster: SimulatedCluster, { share, withinMs }: SloPoint): number {
  const { ms = 0, everySeconds = 1 } = cluster.pause ?? {};
  const reserve = Math.max(0, ms - withinMs) / ((1 - share) * everySeconds * 1_000);
  const capacity = servedBy(cluster) * Math.max(0, 1 - reserve);
  const { growthAbove = Number.POSITIVE_INFINITY, lossAbove = Number.POSITIVE_INFINITY } = cluster;
  return Math.min(capacity, growthAbove, lossAbove);
}

/** Gives the share of messages that are late at a limit when a cluster is loaded to so much of what it serves, below 1. */
export function lateShare(
  { pause }: SimulatedCluster,
  { utilisation, withinMs }: { utilisation: number; withinMs: number },
): number {
  const { ms = 0, everySeconds = 1 } = pause ?? {};
  return Math.min(1, Math.max(0, ms - withinMs) / ((1 - utilisation) * everySeconds * 1_000));
}
