import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeHistogram } from '../../../results/index.ts';
import { timesOf } from '../testing.ts';
import { countWithin } from './count-within.ts';

/** A bucket is no wider than this share of the times in it. */
const WIDTH = 0.001;

test('countWithin() counts the times that are not above a limit, up to the bucket in which it lies', () => {
  const time = fc.double({ min: 0.01, max: 200, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(time, { minLength: 1, maxLength: 60 }),
      fc.array(time, { minLength: 1 }),
      (times, limits) => {
        const histogram = decodeHistogram(timesOf(times) ?? '');
        const found = countWithin(histogram, limits);
        for (const [n, limit] of limits.entries()) {
          const below = (bound: number): number => times.filter((each) => each <= bound).length;
          expect(found[n]).toBeGreaterThanOrEqual(below(limit * (1 - WIDTH) - 0.001));
          expect(found[n]).toBeLessThanOrEqual(below(limit + 0.001));
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('countWithin() is exact for hundreds of thousands of times', () => {
  const histogram = decodeHistogram(timesOf([5, 20, 60]) ?? '');
  for (let doubled = 0; doubled < 17; doubled += 1) histogram.add(histogram);
  const each = 2 ** 17;
  expect(histogram.count).toBe(3 * each);
  expect(countWithin(histogram, [1, 10, 25, 50, 75])).toEqual([0, each, 2 * each, 2 * each, 3 * each]);
});
