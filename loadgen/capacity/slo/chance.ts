/** The laws of chance that trials are judged and located by. */

/** Coefficients of the Chebyshev fit of `erfc` in Press et al., Numerical Recipes, 2nd edition, section 6.2. */
const ERFC = [
  0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196,
  1.00002368,
];
const ERFC_CONSTANT = -1.26551223;

/** The 95 % point of the normal law. */
const NORMAL_95 = 1.644_853_627;

/** Gives the chance that a standard normal variable stays below a value, to a relative error of 1.2e-7. */
export function normalBelow(value: number): number {
  const size = Math.abs(value) / Math.SQRT2;
  const t = 1 / (1 + size / 2);
  let fit = 0;
  for (const coefficient of ERFC) fit = coefficient + t * fit;
  const beyond = (t / 2) * Math.exp(ERFC_CONSTANT - size * size + t * fit);
  return value > 0 ? 1 - beyond : beyond;
}

/**
 * Gives the 95 % point of Student's law with so many degrees of freedom: 1.645 and its corrections for few degrees,
 * Abramowitz and Stegun, 26.7.5. From 3 degrees on it is within 0.5 %.
 */
export function studentPoint(degrees: number): number {
  const z = NORMAL_95;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  const fourth = (79 * z ** 9 + 776 * z ** 7 + 1_482 * z ** 5 - 1_920 * z ** 3 - 945 * z) / 92_160;
  return z + first / degrees + second / degrees ** 2 + third / degrees ** 3 + fourth / degrees ** 4;
}

/** Gives the median, between the two in the middle when there are two; 0 of no values. Leaves its argument alone. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
  return (lower + upper) / 2;
}
