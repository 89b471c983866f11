/** The laws of chance that the gate needs beside the signed rank: normal, Student's, binomial. */

/** Halvings of an interval after which a double cannot tell its ends apart. */
const HALVINGS = 100;

/** Greatest value of t that is looked for. */
const MOST_T = 10_000;

const LANCZOS = [
  676.520_368_121_885_1, -1_259.139_216_722_402_8, 771.323_428_777_653_1, -176.615_029_162_140_6,
  12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_572e-6, 1.505_632_735_149_311_6e-7,
];

/** Gives the value that a standard normal variable stays below with the chance `p`, between 1e-12 and 1 - 1e-12. */
export function normalQuantile(p: number): number {
  return bisect((value) => normalBelow(value) < p, -8, 8);
}

/** Gives the chance that Student's t with so many degrees of freedom is at least as far from zero as `t`. */
export function studentBeyond(t: number, degrees: number): number {
  if (!Number.isFinite(t)) return 0;
  return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

/** Gives the value that Student's t with so many degrees of freedom stays below with the chance `p`, one half or more. */
export function studentQuantile(p: number, degrees: number): number {
  return bisect((t) => 1 - studentBeyond(t, degrees) / 2 < p, 0, MOST_T);
}

/** Gives the chance of at least `hits` in `trials` independent trials with the chance `p` each. */
export function binomialAtLeast(hits: number, { trials, p }: { trials: number; p: number }): number {
  if (hits <= 0) return 1;
  if (hits > trials) return 0;
  return incompleteBeta(p, hits, trials - hits + 1);
}

/** Gives the chance that a fair coin falls at least as unevenly as `one` to `other`, to either side. */
export function unevenness(one: number, other: number): number {
  const trials = one + other;
  return Math.min(1, 2 * binomialAtLeast(Math.max(one, other), { trials, p: 0.5 }));
}

/**
 * Gives the largest rate that `hits` in `trials` do not contradict: the upper bound of Clopper and Pearson,
 * one-sided, at the confidence given.
 */
export function rateBound(
  hits: number,
  { trials, confidence }: { trials: number; confidence: number },
): number {
  if (hits >= trials) return 1;
  return bisect((p) => binomialAtLeast(hits + 1, { trials, p }) < confidence, 0, 1);
}

/** Marsaglia's series: exact to the last digits wherever a double can tell the chance from 0 and 1. */
export function normalBelow(value: number): number {
  let term = value;
  let sum = value;
  for (let odd = 3; Math.abs(term) > 1e-18; odd += 2) {
    term *= (value * value) / odd;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-value * value) / 2)) / Math.sqrt(2 * Math.PI);
}

/** The regularised incomplete beta function, by the continued fraction that converges on this side. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  return (Math.exp(front) / a) * betaFraction(x, a, b);
}

/** Evaluates the fraction from its front, as Lentz does; a hundred steps suffice near x = a / (a + b). */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let step = 1; step < 10_000; step += 1) {
    const even = (step * (b - step) * x) / ((a + 2 * step - 1) * (a + 2 * step));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    fraction *= c * d;
    const odd = (-(a + step) * (a + b + step) * x) / ((a + 2 * step) * (a + 2 * step + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return fraction;
}

function logGamma(value: number): number {
  const shifted = value - 1;
  const base = shifted + 7.5;
  const series = LANCZOS.reduce(
    (sum, weight, index) => sum + weight / (shifted + index + 1),
    0.999_999_999_999_809_9,
  );
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(series);
}

/** Finds where a claim that holds on the left ceases to hold. */
function bisect(holds: (value: number) => boolean, left: number, right: number): number {
  let low = left;
  let high = right;
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
