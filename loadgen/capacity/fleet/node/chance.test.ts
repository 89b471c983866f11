import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateOf } from '../../estimate/index.ts';
import { type Bound, chanceOf, usersAt } from './chance.ts';

function bound(median: number, spread: number, each = 1): Bound {
  return { supply: { median, spread }, demandOf: (users) => users * each };
}

test('usersAt() of one limit gives the points of its log-normal law', () => {
  const { lower, median, upper } = estimateOf(10_000, 0.2);
  expect(usersAt([bound(10_000, 0.2)], 0.95)).toBeCloseTo(lower, 0);
  expect(usersAt([bound(10_000, 0.2)], 0.5)).toBeCloseTo(median, 0);
  expect(usersAt([bound(10_000, 0.2)], 0.05)).toBeCloseTo(upper, 0);
});

test.each([
  [0, 0.5],
  [1, 0.841_344_7],
  [-1, 0.158_655_3],
  [1.644_853_6, 0.95],
  [-2.326_347_9, 0.01],
  [4, 0.999_968_3],
])('chanceOf() of a supply %s deviations above the demand is %s', (deviations, chance) => {
  const supply = 100 * Math.exp(0.1 * deviations);
  expect(chanceOf([bound(supply, 0.1)], 100)).toBeCloseTo(chance, 6);
});

test('chanceOf() is that of the minimum of independent supplies, as drawing them shows', () => {
  const [one, other] = [bound(1_000, 0.1), bound(1_050, 0.2)];
  expect(chanceOf([one, other], 950)).toBeCloseTo(chanceOf([one], 950) * chanceOf([other], 950), 12);
  // Both are half likely to be below their medians: two equal limits hold at the median in a quarter of all cases.
  expect(chanceOf([one, one], 1_000)).toBeCloseTo(0.25, 6);
});

test('usersAt() knows exactly what is certain', () => {
  expect(usersAt([bound(90_000, 0, 3)], 0.95)).toBeCloseTo(30_000, 4);
  expect(usersAt([bound(90_000, 0, 3)], 0.05)).toBeCloseTo(30_000, 4);
});

test('usersAt() is 0 when one user is too many, and ends when nothing binds', () => {
  expect(usersAt([bound(0, 0)], 0.5)).toBe(0);
  expect(usersAt([bound(-5, 0.1)], 0.5)).toBe(0);
  expect(usersAt([], 0.5)).toBe(2 ** 40);
  expect(usersAt([bound(1, 0.1, 0)], 0.5)).toBe(2 ** 40);
});

test('chanceOf() lets users without end through nothing', () => {
  expect(chanceOf([bound(1, 0.1, 0)], Number.POSITIVE_INFINITY)).toBe(0);
});

test('usersAt() and chanceOf() undo each other, and more limits never let more users through', () => {
  const bounds = fc.array(
    fc.record({
      median: fc.double({ min: 100, max: 1e8, noNaN: true }),
      spread: fc.double({ min: 0.01, max: 0.5, noNaN: true }),
    }),
    { minLength: 1, maxLength: 5 },
  );
  fc.assert(
    fc.property(bounds, fc.double({ min: 0.02, max: 0.98, noNaN: true }), (laws, chance) => {
      const all = laws.map(({ median, spread }) => bound(median, spread));
      const users = usersAt(all, chance);
      expect(chanceOf(all, users)).toBeCloseTo(chance, 4);
      for (const one of all) expect(users).toBeLessThanOrEqual(usersAt([one], chance) * (1 + 1e-9));
    }),
  );
});
