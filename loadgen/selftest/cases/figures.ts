/** Holding what was measured against what is known. */
import type { Quantiles } from '../../results/index.ts';
import type { Law } from '../laws/index.ts';

/** Greatest error: so many milliseconds, or that share of the analytic answer. */
const MOST_ERROR_MS = 1;
const MOST_ERROR_SHARE = 0.02;

/** The names of quantiles, and the shares of answers that do not exceed them. */
export const shares = { p50: 0.5, p90: 0.9, p99: 0.99, p999: 0.999, max: 1 } as const;

/** A quantile by name. */
export type QuantileName = keyof typeof shares;

/** All of them, the least first. */
export const quantileNames = Object.keys(shares) as QuantileName[];

/** Some quantiles, in milliseconds. */
export type Measured = Partial<Pick<Quantiles, QuantileName>>;

/** One quantile. All times are milliseconds. */
export interface Figure {
  /** Whose answers: of all workers, or of one. */
  worker: number | null;
  quantile: QuantileName;
  analytic: number;
  /** What the server really made of it. */
  given: number;
  measured: number;
  /** The most that the measured one may differ from the analytic one. */
  allowed: number;
  ok: boolean;
}

/** What is known of some answers. */
export interface Known {
  worker: number | null;
  law: Law;
  measured: Measured;
  /** In the order of `quantileNames`. */
  given: readonly number[];
}

/** Makes a figure of each quantile that the law knows and that was measured. */
export function createFigures({ worker, law, measured, given }: Known): Figure[] {
  return quantileNames.flatMap((quantile, n) => {
    const value = measured[quantile];
    const analytic = quantile === 'max' ? law.max : law.quantile(shares[quantile]);
    if (value === undefined || analytic === undefined) return [];
    const allowed = Math.max(MOST_ERROR_MS, analytic * MOST_ERROR_SHARE);
    const isWithin = Math.abs(value - analytic) <= allowed;
    return [
      { worker, quantile, analytic, given: given[n] ?? Number.NaN, measured: value, allowed, ok: isWithin },
    ];
  });
}
