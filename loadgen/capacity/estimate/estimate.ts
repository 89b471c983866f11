/**
 * A positive quantity that is known within limits: its logarithm is taken to be normal, so that equal factors to both
 * sides are equally likely, and no interval reaches below zero.
 */
import { ClusterError } from '../../../server/errors/index.ts';

/** What a positive quantity is, as far as is known. */
export interface Estimate {
  /** As likely exceeded as not; in the unit of the quantity, above 0. */
  readonly median: number;
  /** Standard deviation of the natural logarithm: 0.05 is about 5 %. */
  readonly spread: number;
  /** Lower end of the interval that holds the quantity with a chance of 90 %: its 5 % point. */
  readonly lower: number;
  /** Upper end of that interval: the 95 % point. */
  readonly upper: number;
}

/** Standard deviations from the median of a normal law to its 95 % point. */
const DEVIATIONS = 1.644_853_626_951_472_2;

/**
 * Makes an estimate of a median and a spread; its interval follows from them.
 * @throws ClusterError `OPTION_INVALID` when the median is not above 0, or the spread is below 0.
 */
export function estimateOf(median: number, spread: number): Estimate {
  refuse('median', { value: median, isGood: median > 0, wanted: 'a number above 0' });
  refuse('spread', { value: spread, isGood: spread >= 0, wanted: '0 or more' });
  const factor = Math.exp(DEVIATIONS * spread);
  return { median, spread, lower: median / factor, upper: median * factor };
}

/**
 * Makes an estimate of a median and its 5 % and 95 % points, which need not lie equally far; the spread is that of a
 * log-normal law with an interval as wide.
 * @throws ClusterError `OPTION_INVALID` when they do not ascend, or the lowest is not above 0.
 */
export function estimateBetween({
  median,
  lower,
  upper,
}: {
  median: number;
  lower: number;
  upper: number;
}): Estimate {
  refuse('lower', {
    value: lower,
    isGood: lower > 0 && lower <= median,
    wanted: `above 0, at most ${median}`,
  });
  refuse('upper', { value: upper, isGood: upper >= median, wanted: `${median} or more` });
  return { median, spread: Math.log(upper / lower) / (2 * DEVIATIONS), lower, upper };
}

function refuse(
  name: string,
  { value, isGood, wanted }: { value: number; isGood: boolean; wanted: string },
): void {
  if (isGood && Number.isFinite(value)) return;
  throw new ClusterError(
    `Cannot make an estimate of "${name}": current value is ${value}, wanted ${wanted}`,
    {
      code: 'OPTION_INVALID',
    },
  );
}
