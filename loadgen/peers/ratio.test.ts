import fc from 'fast-check';
import { expect, test } from 'vitest';
import { median, ratioOf } from './ratio.ts';

const figures = fc.array(fc.double({ min: 1, max: 1_000, noNaN: true }), { minLength: 1, maxLength: 12 });

test('median() has as many values below it as above it', () => {
  fc.assert(
    fc.property(figures, (values) => {
      const middle = median(values);
      const below = values.filter((value) => value < middle).length;
      const above = values.filter((value) => value > middle).length;
      expect(Math.max(below, above)).toBeLessThanOrEqual(values.length / 2);
    }),
  );
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test('ratioOf() finds a factor exactly, whatever the drift both halves share', () => {
  fc.assert(
    fc.property(figures, fc.double({ min: 0.1, max: 10, noNaN: true }), (values, factor) => {
      const ratio = ratioOf(
        values.map((value) => value * factor),
        values,
      );
      for (const figure of [ratio.value, ratio.low, ratio.high]) {
        expect(figure / factor).toBeCloseTo(1, 9);
      }
    }),
    { numRuns: 20 },
  );
});

test('ratioOf() gives an interval that holds the ratio and widens with the scatter', () => {
  const calm = ratioOf([50, 51, 49, 50, 50], [100, 101, 99, 100, 100]);
  const wild = ratioOf([50, 80, 20, 50, 60], [100, 101, 99, 100, 100]);
  expect(calm.value).toBe(0.5);
  expect(calm.low).toBeLessThanOrEqual(calm.value);
  expect(calm.high).toBeGreaterThanOrEqual(calm.value);
  expect(wild.high - wild.low).toBeGreaterThan(5 * (calm.high - calm.low));
});

test('ratioOf() refuses rounds that are no pairs', () => {
  expect(() => ratioOf([1, 2], [1])).toThrow('Cannot compare 2 rounds with 1: wanted pairs');
  expect(() => ratioOf([], [])).toThrow(RangeError);
});
