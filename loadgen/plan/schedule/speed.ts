/**
 * Arithmetic of things that pass at a speed which grows or falls evenly: users that arrive at a rate, and
 * operational time that runs at a pace.
 */

/** How much has passed after some seconds, at a speed of `from` in the beginning that grows by `slope` a second. */
export function passedAfter(seconds: number, from: number, slope: number): number {
  return from * seconds + (slope / 2) * seconds * seconds;
}

/** Seconds until that much has passed: the inverse of `passedAfter`. */
export function secondsUntil(amount: number, from: number, slope: number): number {
  if (slope === 0) return amount / from;
  // The usual formula subtracts two near numbers when the slope is small; this form of it does not. Where the
  // speed falls to 0 rounding may take the root of a little less than 0.
  const speeds = from + Math.sqrt(Math.max(0, from * from + 2 * slope * amount));
  return speeds === 0 ? 0 : (2 * amount) / speeds;
}
