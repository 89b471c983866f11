import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareStretches, isUnprovable } from './evidence.ts';

test('compareStretches() tries every exchange where one stretch is short', () => {
  // Three against five that do not overlap: 1 of 56 choices; no choice is as far on the other side.
  const { p, smallest } = compareStretches([10, 11, 12], [1, 2, 3, 4, 5]);
  expect([p, smallest]).toEqual([1 / 56, 1 / 56]);
  // Of equal lengths the exchange of both stretches is as far: 2 of 20.
  expect(compareStretches([10, 11, 12], [1, 2, 3])).toEqual({ p: 0.1, smallest: 0.1 });
});

test('compareStretches() draws exchanges where there are too many, near what all would say', () => {
  // 8 of 28: three million choices.
  const left = Array.from({ length: 20 }, (_, index) => ((index * 7) % 20) / 10);
  const right = Array.from({ length: 8 }, (_, index) => 0.35 + ((index * 3) % 8) / 5);
  const drawn = compareStretches(left, right);
  expect(drawn).toEqual(compareStretches(left, right));
  // Welch's test is a fair judge here: the stretches are even and equally wide.
  expect(Math.abs(drawn.p - 0.55)).toBeLessThan(0.25);
  expect(
    compareStretches(
      left,
      right.map((value) => value + 5),
    ).p,
  ).toBeCloseTo(1 / 20_001, 12);
});

test('compareStretches() follows Welch where both stretches are long', () => {
  // Means 3 apart; variance 2.75 / 9 and 11 / 9 of the two: t = 3 / sqrt(1.5278), 11.77 degrees of freedom.
  const left = [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((value) => value * Math.sqrt(2.75 / 7.5));
  const right = [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((value) => 3 + value * Math.sqrt(11 / 7.5));
  const { p, smallest } = compareStretches(left, right);
  expect(smallest).toBe(0);
  expect(p).toBeGreaterThan(0.025);
  expect(p).toBeLessThan(0.04);
  expect(compareStretches(new Array<number>(9).fill(1), new Array<number>(9).fill(2)).p).toBe(0);
  expect(compareStretches(new Array<number>(9).fill(1), new Array<number>(9).fill(1)).p).toBe(1);
});

test('compareStretches() does not care for order, side, place or unit', () => {
  const stretch = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 6 });
  fc.assert(
    fc.property(stretch, stretch, (left, right) => {
      const { p } = compareStretches(left, right);
      const changed = (values: number[]) => values.map((value) => 5 - 3 * value).reverse();
      expect(compareStretches(changed(right), changed(left)).p).toBeCloseTo(p, 12);
    }),
  );
});

test('isUnprovable() is said of few points that could not be further apart', () => {
  expect(isUnprovable(compareStretches([10, 11, 12], [1, 2, 3, 4, 5]))).toBe(true);
  expect(isUnprovable(compareStretches([3, 11, 12], [1, 2, 4, 5, 6]))).toBe(false);
  expect(isUnprovable({ p: 0.000_5, smallest: 0.000_5 })).toBe(false);
});
