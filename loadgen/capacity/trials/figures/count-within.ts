/** How many of some times were within limits. */
import type { Histogram } from '../../../results/index.ts';

const MICROSECONDS = 1_000;

/**
 * Counts the times within each limit, milliseconds. A histogram knows a time by its bucket, no wider than 0.1 % of
 * it: what lies in the bucket of the limit counts as late.
 */
export function countWithin(times: Histogram, limitsMs: readonly number[]): number[] {
  return limitsMs.map((limit) => countUntil(times, limit * MICROSECONDS));
}

/** The most values of which even the greatest is not above the limit: its quantile grows with their number. */
function countUntil(times: Histogram, micros: number): number {
  let [least, most] = [0, times.count];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    // Half a value below, so that rounding never takes one more.
    if (times.quantile((middle - 0.5) / times.count) <= micros) least = middle;
    else most = middle - 1;
  }
  return least;
}
