/**
 * The universal scalability law (N. J. Gunther, "Guerrilla Capacity Planning", 2007): what workers that wait for each
 * other, and keep each other informed, achieve together. Amdahl's law and proportion are special cases.
 */

/** The three numbers of the law. */
export interface ScalingLaw {
  /** What one worker does alone, per second; above 0. */
  readonly lambda: number;
  /** Share of the work that waits for others, contention: from 0 to 1. */
  readonly sigma: number;
  /** Cost of keeping each pair of workers informed, coherency, as a share of one worker's work: 0 or more. */
  readonly kappa: number;
}

/** Gives the rate that so many workers achieve, in the unit of lambda. */
export function rateOf({ lambda, sigma, kappa }: ScalingLaw, workers: number): number {
  return (lambda * workers) / (1 + sigma * (workers - 1) + kappa * workers * (workers - 1));
}

/** Gives the number of workers, not rounded, beyond which each more makes all slower; infinity when there is none. */
export function peakOf({ sigma, kappa }: ScalingLaw): number {
  return kappa === 0 ? Number.POSITIVE_INFINITY : Math.sqrt((1 - sigma) / kappa);
}
