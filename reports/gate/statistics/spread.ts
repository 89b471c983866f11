/** Where values lie and how far apart: medians, quantiles, spread. None of these changes its argument. */

/** Makes the median absolute deviation of normal values their standard deviation. */
const NORMAL_MAD = 1.4826;

/** Gives the arithmetic mean; NaN of no values. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Gives the median; NaN of no values. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Gives the value below which the share `q` of the values lies, between two neighbours in proportion. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = Float64Array.from(values).sort();
  const place = q * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** Gives the variance of the population these values are a sample of; 0 of a single value. */
export function variance(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}

/** Gives the standard deviation or its robust twin, whichever is larger, so that no claim rests on the kinder. */
export function spread(values: readonly number[]): number {
  const centre = median(values);
  const deviation = median(values.map((value) => Math.abs(value - centre)));
  return Math.max(NORMAL_MAD * deviation, Math.sqrt(variance(values)));
}
