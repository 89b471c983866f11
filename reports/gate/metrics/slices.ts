/**
 * Latency out of short slices of time. A stall spoils the slices it touches and no others, so a quantile over
 * slices stands still on a host where the plain p99 jumps by a factor.
 */
import type { Slice } from '../measurements/index.ts';
import { median, quantile } from '../statistics/index.ts';

/** Times the base's usual p99 from which on a slice holds a stall. */
const STALL_FACTOR = 5;

/** Gives the median over slices of their medians, milliseconds. */
export function typicalMedianMs(slices: readonly Slice[]): number {
  return median(slices.map(({ p50Ms }) => p50Ms));
}

/** Gives the lower quartile over slices of their p99s, milliseconds: the tail when nothing disturbs. */
export function typicalTailMs(slices: readonly Slice[]): number {
  return quantile(
    slices.map(({ p99Ms }) => p99Ms),
    0.25,
  );
}

/** Gives the share of slices that hold a stall; 0 without slices. */
export function stallShare(slices: readonly Slice[], limitMs: number): number {
  if (slices.length === 0) return 0;
  return slices.filter(({ p99Ms }) => p99Ms > limitMs).length / slices.length;
}

/**
 * Gives the p99 above which a slice holds a stall, from slices of the base measured before the first block. It
 * stays as it is for the whole job: a limit that followed the base's own blocks would treat the builds unequally.
 */
export function stallLimitMs(baseSlices: readonly Slice[]): number {
  return STALL_FACTOR * median(baseSlices.map(({ p99Ms }) => p99Ms));
}
