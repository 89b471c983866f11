import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mean, median, quantile, spread, variance } from './spread.ts';

const values = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 40 });

test('median() is the middle value, or the mean of the middle two', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 6])).toBe(5.5);
  expect(median([])).toBeNaN();
});

test('quantile() lies between two neighbours in proportion', () => {
  expect(quantile([4, 1, 2, 3, 0], 0.25)).toBe(1);
  expect(quantile([0, 10], 0.25)).toBe(2.5);
});

test('quantile() does not sort what it was given, and never falls as the share grows', () => {
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (list, q) => {
      const before = [...list];
      expect(quantile(list, q)).toBeLessThanOrEqual(quantile(list, 1));
      expect(quantile(list, q)).toBeGreaterThanOrEqual(quantile(list, q / 2) - 1e-9);
      expect(list).toEqual(before);
    }),
  );
});

test('variance() divides by one less than the number of values', () => {
  expect(variance([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(32 / 7, 12);
  expect(variance([3])).toBe(0);
  expect(mean([2, 4])).toBe(3);
});

test('spread() takes the larger of the standard deviation and its robust twin', () => {
  // One far outlier moves the standard deviation alone, two clumps the robust twin alone.
  expect(spread([0, 0, 0, 0, 0, 0, 100])).toBeCloseTo(Math.sqrt(variance([0, 0, 0, 0, 0, 0, 100])), 12);
  expect(spread([-1, -1, -1, 0, 1, 1, 1])).toBeCloseTo(1.4826, 12);
});
