import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlannedGap } from '../plan.ts';
import { uniform } from '../random.ts';
import { gapOf, meanOf, misfit, upTo } from '../testing.ts';
import { afterGap, afterRest, exponential } from './gaps.ts';

const SAMPLES = 20_000;

/** 99.9 % of samples that follow a distribution stay below this. */
const MISFIT_LIMIT = 1.95;

const shapes: [string, PlannedGap][] = [
  ['even', gapOf()],
  ['even, from 0', gapOf({ spread: 1 })],
  ['constant', gapOf({ shape: 'constant', spread: 0 })],
  ['exponential', gapOf({ shape: 'exponential', spread: 0 })],
  ['lognormal', gapOf({ shape: 'lognormal', spread: 1 })],
];

const gapsOf = (gap: PlannedGap) => upTo(SAMPLES).map((user) => afterGap(gap, 0, uniform(7, user, 2)));
const restsOf = (gap: PlannedGap) =>
  upTo(SAMPLES).map((user) => afterRest(gap, 0, uniform(7, user, 0), uniform(7, user, 1)));

/** The normal distribution, by integrating its density. */
function normalShare(deviations: number): number {
  const steps = 400;
  const width = deviations / steps;
  const density = (at: number) => Math.exp(-(at ** 2) / 2) / Math.sqrt(2 * Math.PI);
  return 0.5 + upTo(steps).reduce((sum, n) => sum + density((n + 0.5) * width) * width, 0);
}

test.each(shapes)('afterGap() has the mean that was asked for: %s', (_, gap) => {
  const gaps = gapsOf(gap);
  const deviation = Math.sqrt(meanOf(gaps.map((each) => (each - 6) ** 2)));
  expect(Math.abs(meanOf(gaps) - 6)).toBeLessThanOrEqual((4 * deviation) / Math.sqrt(SAMPLES) + 1e-9);
});

test('afterGap() stays within the spread of an even gap and begins where it is told to', () => {
  const gaps = fc.record({
    mean: fc.double({ min: 0.001, max: 60, noNaN: true }),
    spread: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  const draw = fc.double({ min: 0, max: 1 - 2 ** -32, noNaN: true });
  fc.assert(
    fc.property(gaps, draw, draw, ({ mean, spread }, one, other) => {
      const gap = gapOf({ mean, spread });
      expect(afterGap(gap, 100, one) - 100).toBeGreaterThanOrEqual(mean * (1 - spread) - 1e-9);
      expect(afterGap(gap, 100, one) - 100).toBeLessThanOrEqual(mean * (1 + spread) + 1e-9);
      expect(afterRest(gap, 100, one, other)).toBeGreaterThanOrEqual(100);
      expect(afterRest(gap, 100, one, other) - 100).toBeLessThanOrEqual(mean * (1 + spread) + 1e-9);
    }),
  );
});

test.each(shapes)('afterGap() and afterRest() are times for every draw there is: %s', (_, gap) => {
  for (const draw of [0, 2 ** -32, 0.5, 1 - 2 ** -32]) {
    for (const other of [0, 1 - 2 ** -32]) {
      expect(afterGap(gap, 5, draw)).toBeGreaterThanOrEqual(5);
      expect(afterRest(gap, 5, draw, other)).toBeGreaterThanOrEqual(5);
      expect(afterRest(gap, 5, draw, other)).toBeLessThan(Number.POSITIVE_INFINITY);
    }
  }
});

test('afterGap() draws exponential and lognormal gaps that stand the test of Kolmogorov and Smirnov', () => {
  const exponentials = gapsOf(gapOf({ shape: 'exponential', spread: 0 }));
  expect(misfit(exponentials, (seconds) => 1 - Math.exp(-seconds / 6))).toBeLessThan(MISFIT_LIMIT);
  // The test itself must be able to fail: 5 % off the mean.
  expect(misfit(exponentials, (seconds) => 1 - Math.exp(-seconds / 6.3))).toBeGreaterThan(MISFIT_LIMIT);
  const lognormals = gapsOf(gapOf({ shape: 'lognormal', spread: 0.8 })).slice(0, 4_000);
  const middle = Math.log(6) - 0.8 ** 2 / 2;
  expect(misfit(lognormals, (seconds) => normalShare((Math.log(seconds) - middle) / 0.8))).toBeLessThan(
    MISFIT_LIMIT,
  );
});

test.each(shapes)('afterRest() leaves what is left of a running gap: %s', (_, gap) => {
  // Of a renewal process seen at a random moment: the density of the rest is that of longer gaps, over the mean.
  const gaps = upTo(2_000).map((n) => afterGap(gap, 0, (n + 0.5) / 2_000));
  const expected = (rest: number) => meanOf(gaps.map((each) => Math.min(each, rest))) / meanOf(gaps);
  expect(misfit(restsOf(gap).slice(0, 2_000), expected)).toBeLessThan(MISFIT_LIMIT);
});

test('exponential() has the median and the mean of its distribution', () => {
  expect(exponential(3, 0)).toBeCloseTo(0, 12);
  expect(exponential(3, 0.5)).toBeCloseTo(3 * Math.LN2, 12);
});
