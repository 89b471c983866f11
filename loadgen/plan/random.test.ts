import fc from 'fast-check';
import { expect, test } from 'vitest';
import { uniform } from './random.ts';

const whole = fc.integer({ min: 0, max: 0xffff_ffff });

/** 99.9 % point of the chi-square distribution with 99 degrees of freedom. */
const CHI_SQUARE_99 = 148.2;

test('uniform() draws from 0 to below 1, and the same number for the same arguments', () => {
  fc.assert(
    fc.property(whole, whole, whole, (seed, user, counter) => {
      const drawn = uniform(seed, user, counter);
      expect(drawn).toBeGreaterThanOrEqual(0);
      expect(drawn).toBeLessThan(1);
      expect(uniform(seed, user, counter)).toBe(drawn);
    }),
  );
});

test('uniform() keeps the numbers it has always drawn, as records carry hashes of them', () => {
  const drawn = [uniform(1, 0, 0), uniform(1, 1, 0), uniform(1, 0, 1), uniform(2, 0, 0)];
  expect(drawn.map((value) => value.toFixed(6))).toEqual(['0.056155', '0.179935', '0.712332', '0.517517']);
});

test('uniform() never draws a number twice for one user', () => {
  const drawn = Array.from({ length: 50_000 }, (_, counter) => uniform(1, 7, counter));
  expect(new Set(drawn).size).toBe(drawn.length);
});

test.each([
  ['counters of a user', (n: number) => uniform(1, 42, n)],
  ['users at a counter', (n: number) => uniform(1, n, 3)],
  ['seeds', (n: number) => uniform(n, 0, 0)],
  ['every third user, as a load process of three has them', (n: number) => uniform(9, n * 3 + 1, 0)],
])('uniform() is even and shows no link between neighbours over %s', (_, draw) => {
  const drawn = Array.from({ length: 100_000 }, (__, n) => draw(n));
  const bins = new Array<number>(100).fill(0);
  for (const value of drawn) bins[Math.floor(value * 100)]! += 1;
  const chiSquare = bins.reduce((sum, count) => sum + (count - 1_000) ** 2 / 1_000, 0);
  expect(chiSquare).toBeLessThan(CHI_SQUARE_99);
  expect(mean(drawn)).toBeCloseTo(0.5, 2);
  // The correlation of independent draws has a standard deviation of 1/√n = 0.0032: this is four of them.
  for (const lag of [1, 2, 3, 10]) expect(Math.abs(correlation(drawn, lag))).toBeLessThan(0.0127);
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function correlation(values: readonly number[], lag: number): number {
  const products = values.slice(lag).map((value, n) => (value - 0.5) * (values[n]! - 0.5));
  return mean(products) * 12;
}
