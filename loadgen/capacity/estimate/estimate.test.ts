import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateBetween, estimateOf } from './estimate.ts';

const positive = fc.double({ min: 1e-6, max: 1e9, noNaN: true });
const spreads = fc.double({ min: 0, max: 2, noNaN: true });

test('estimateOf() has an interval of 90 %: 1.645 spreads to each side of the logarithm', () => {
  const { lower, upper } = estimateOf(1_000, 0.1);
  expect(Math.log(upper / 1_000)).toBeCloseTo(0.164_485, 6);
  expect(Math.log(lower / 1_000)).toBeCloseTo(-0.164_485, 6);
});

test('estimateBetween() gives back what estimateOf() made', () => {
  fc.assert(
    fc.property(positive, spreads, (median, spread) => {
      const again = estimateBetween(estimateOf(median, spread));
      expect(again.spread).toBeCloseTo(spread, 9);
      expect(again.median).toBe(median);
    }),
  );
});

test('estimateBetween() keeps ends that lie unequally far', () => {
  expect(estimateBetween({ median: 100, lower: 50, upper: 120 })).toMatchObject({ lower: 50, upper: 120 });
});

test('estimateOf() and estimateBetween() refuse in one sentence what no positive quantity can be', () => {
  expect(() => estimateOf(0, 0.1)).toThrow(
    'Cannot make an estimate of "median": current value is 0, wanted a number above 0',
  );
  expect(() => estimateOf(1, -0.1)).toThrow('"spread": current value is -0.1, wanted 0 or more');
  expect(() => estimateOf(Number.POSITIVE_INFINITY, 0.1)).toThrow('"median"');
  expect(() => estimateBetween({ median: 1, lower: 2, upper: 3 })).toThrow('"lower": current value is 2');
  expect(() => estimateBetween({ median: 1, lower: 0.5, upper: 0.9 })).toThrow(
    '"upper": current value is 0.9',
  );
});
