/** When a fresh server counts as warm: its first seconds cost a third more or less than those that follow. */

/** One slice of a warm-up. */
export interface WarmSlice {
  readonly seconds: number;
  readonly messages: number;
  readonly cpuMicros: number;
}

/** How warm is warm. */
export interface WarmUp {
  readonly leastSeconds: number;
  readonly leastMessages: number;
  readonly mostSeconds: number;
}

/** Length of a slice, seconds. */
export const SLICE_SECONDS = 0.5;

export const defaultWarmUp: WarmUp = { leastSeconds: 2, leastMessages: 20_000, mostSeconds: 6 };

/** Slices at the end that must agree, and how closely. */
const STEADY_SLICES = 3;
const STEADY_WITHIN = 0.05;

/** Tells whether the warm-up is over. */
export function isWarm(slices: readonly WarmSlice[], warmUp: WarmUp): boolean {
  const seconds = sum(slices, (slice) => slice.seconds);
  if (seconds >= warmUp.mostSeconds) return true;
  if (seconds < warmUp.leastSeconds) return false;
  if (sum(slices, (slice) => slice.messages) < warmUp.leastMessages) return false;
  const costs = slices.slice(-STEADY_SLICES).map(({ cpuMicros, messages }) => cpuMicros / messages);
  return costs.length === STEADY_SLICES && Math.max(...costs) <= Math.min(...costs) * (1 + STEADY_WITHIN);
}

function sum(slices: readonly WarmSlice[], of: (slice: WarmSlice) => number): number {
  return slices.reduce((total, slice) => total + of(slice), 0);
}
