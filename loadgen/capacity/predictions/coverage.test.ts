import { expect, test } from 'vitest';
import { bandOf, coverageOf, isWithin, type Outcome } from './coverage.ts';

const hit: Outcome = { median: 100, lower: 90, upper: 110, measured: 105 };
const miss: Outcome = { ...hit, measured: 111 };

function outcomes(hits: number, misses: number): Outcome[] {
  return [...new Array<Outcome>(hits).fill(hit), ...new Array<Outcome>(misses).fill(miss)];
}

test.each([
  // Of the tables of the binomial law: P(X <= 14 of 20) = 0.011, P(X <= 15) = 0.043; P(X = 20) = 0.122.
  [20, 15, 20],
  // P(X <= 83 of 100) = 0.021, P(X <= 84) = 0.040; P(X >= 96) = 0.024, P(X >= 95) = 0.058.
  [100, 84, 95],
  [1, 0, 1],
])('coverageOf() allows of %i intervals from %i to %i hits', (trials, least, most) => {
  for (const [hits, agrees] of [
    [least, true],
    [most, true],
    [least - 1, false],
    [most + 1, false],
  ] as const) {
    if (hits < 0 || hits > trials) continue;
    expect(coverageOf(outcomes(hits, trials - hits))).toMatchObject({ least, most, agrees, within: hits });
  }
});

test('bandOf() allows more the rarer a kept promise may be blamed', () => {
  // Of the tables of the binomial law: P(X <= 13 of 20) = 0.0024, P(X <= 14) = 0.0113.
  expect(bandOf(20, 0.005)).toEqual({ least: 14, most: 20 });
  const [wide, narrow] = [0.005, 0.025].map((tail) => bandOf(1_000, tail));
  expect(wide!.least).toBeLessThan(narrow!.least);
  expect(wide!.most).toBeGreaterThan(narrow!.most);
});

test('coverageOf() gives the size of errors, and above 0 when predictions promise too much', () => {
  const { error, bias } = coverageOf([
    { ...hit, measured: 100 * Math.exp(-0.1) },
    { ...hit, measured: 100 * Math.exp(0.06) },
  ]);
  expect(error).toBeCloseTo(Math.sqrt((0.1 ** 2 + 0.06 ** 2) / 2), 9);
  expect(bias).toBeCloseTo(0.02, 9);
});

test('coverageOf() says nothing against predictions of which none was measured', () => {
  expect(coverageOf([])).toEqual({
    measured: 0,
    within: 0,
    least: 0,
    most: 0,
    agrees: true,
    error: 0,
    bias: 0,
  });
});

test('isWithin() counts the ends of the interval as inside', () => {
  expect([90, 110].map((measured) => isWithin({ ...hit, measured }))).toEqual([true, true]);
  expect([89.9, 110.1].map((measured) => isWithin({ ...hit, measured }))).toEqual([false, false]);
});
