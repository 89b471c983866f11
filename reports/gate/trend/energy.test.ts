import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestSplit } from './energy.ts';

const series = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 6, maxLength: 14 });

test('bestSplit() stands at a step', () => {
  expect(bestSplit([1, 1.1, 0.9, 1, 2, 2.1, 1.9, 2], 3)).toEqual({ at: 4, end: 8 });
});

test('bestSplit() ends before the revert of a change', () => {
  const values = [
    ...new Array<number>(20).fill(0),
    ...new Array<number>(5).fill(1),
    ...new Array<number>(20).fill(0),
  ];
  expect(bestSplit(values, 3)).toEqual({ at: 20, end: 25 });
});

test('bestSplit() has no answer where nothing changes or too little is known', () => {
  expect(bestSplit([3, 3, 3, 3, 3, 3, 3], 3)).toBeUndefined();
  expect(bestSplit([0, 0, 5, 5, 5], 3)).toBeUndefined();
});

test('bestSplit() agrees with the formula written out for every split', () => {
  fc.assert(
    fc.property(series, (values) => {
      let most = 0;
      for (let at = 3; at <= values.length - 3; at += 1) {
        for (let end = at + 3; end <= values.length; end += 1) most = Math.max(most, energy(values, at, end));
      }
      const found = bestSplit(values, 3);
      if (found === undefined) expect(most).toBeCloseTo(0, 9);
      else expect(energy(values, found.at, found.end)).toBeCloseTo(most, 9);
    }),
  );
});

function energy(values: readonly number[], at: number, end: number): number {
  const [left, right] = [values.slice(0, at), values.slice(at, end)];
  const [m, n] = [left.length, right.length];
  const apart = (2 / (m * n)) * distances(left, right);
  const own = distances(left, left) / (m * (m - 1)) + distances(right, right) / (n * (n - 1));
  return ((m * n) / (m + n)) * (apart - own);
}

function distances(some: readonly number[], others: readonly number[]): number {
  return some.reduce((sum, one) => others.reduce((inner, other) => inner + Math.abs(one - other), sum), 0);
}
