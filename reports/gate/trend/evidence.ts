/**
 * How surely two stretches differ: by Welch's test where both are long, by exchanging labels where one is short and
 * no law of its mean can be trusted.
 */
import { createStream } from '../schedule/index.ts';
import { mean, studentBeyond, variance } from '../statistics/index.ts';

/** What two stretches say of each other. */
export interface Evidence {
  /** Chance of means so far apart when both stretches are of one kind. */
  readonly p: number;
  /** Smallest chance that stretches of these lengths could have shown. */
  readonly smallest: number;
}

/** Chance below which a change holds. */
export const LIMIT = 0.001;

/** Longest short stretch. */
const SHORT = 8;

/** Most arrangements of labels that are all tried; beyond, so many are drawn. */
const MOST_ARRANGEMENTS = 100_000;
const DRAWS = 20_000;

/** Sums of the same numbers in another order differ in their last digits. */
const ROUNDING = 1e-12;

/** Compares the means of two stretches. The same stretches always have the same answer. */
export function compareStretches(left: readonly number[], right: readonly number[]): Evidence {
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  if (short.length > SHORT) return { p: welch(left, right), smallest: 0 };
  const arrangements = waysToChoose(short.length, short.length + long.length);
  // Stretches of one length can be exchanged whole, which leaves the distance as it was.
  const smallest = (short.length === long.length ? 2 : 1) / arrangements;
  const p = arrangements <= MOST_ARRANGEMENTS ? permuteAll(short, long) : permuteSome(short, long);
  return { p, smallest };
}

/** Tells whether two stretches are as far apart as so few points can be, and it is still no proof. */
export function isUnprovable({ p, smallest }: Evidence): boolean {
  return smallest > LIMIT && p <= smallest;
}

function welch(left: readonly number[], right: readonly number[]): number {
  const [one, other] = [variance(left) / left.length, variance(right) / right.length];
  const distance = Math.abs(mean(left) - mean(right));
  if (one + other === 0) return distance === 0 ? 1 : 0;
  const degrees = (one + other) ** 2 / (one ** 2 / (left.length - 1) + other ** 2 / (right.length - 1));
  return studentBeyond(distance / Math.sqrt(one + other), degrees);
}

/** Tries every choice of as many points as the short stretch has. */
function permuteAll(short: readonly number[], long: readonly number[]): number {
  const { values, isAsFar } = centred(short, long);
  let far = 0;
  let all = 0;
  const pick = (from: number, left: number, sum: number): void => {
    if (left === 0) {
      all += 1;
      if (isAsFar(sum)) far += 1;
      return;
    }
    for (let index = from; index <= values.length - left; index += 1)
      pick(index + 1, left - 1, sum + (values[index] ?? 0));
  };
  pick(0, short.length, 0);
  return far / all;
}

/** Draws choices; the stretches as they are count as one more, so the chance is never said too small. */
function permuteSome(short: readonly number[], long: readonly number[]): number {
  const { values, isAsFar } = centred(short, long);
  const draw = createStream('', 'permutations');
  let far = 1;
  for (let drawn = 0; drawn < DRAWS; drawn += 1) {
    let sum = 0;
    for (let taken = 0; taken < short.length; taken += 1) {
      const index = taken + Math.floor(draw() * (values.length - taken));
      const value = values[index] ?? 0;
      values[index] = values[taken] ?? 0;
      values[taken] = value;
      sum += value;
    }
    if (isAsFar(sum)) far += 1;
  }
  return far / (DRAWS + 1);
}

/** Less their common mean, a choice of points is as far off as its sum is from zero. */
function centred(
  short: readonly number[],
  long: readonly number[],
): { values: number[]; isAsFar(sum: number): boolean } {
  const centre = mean([...short, ...long]);
  const values = [...short, ...long].map((value) => value - centre);
  const size = values.reduce((sum, value) => sum + Math.abs(value), 0);
  const observed = Math.abs(values.slice(0, short.length).reduce((sum, value) => sum + value, 0));
  return { values, isAsFar: (sum) => Math.abs(sum) >= observed - ROUNDING * size };
}

function waysToChoose(count: number, from: number): number {
  let ways = 1;
  for (let taken = 1; taken <= count; taken += 1) ways = (ways * (from - count + taken)) / taken;
  return Math.round(ways);
}
