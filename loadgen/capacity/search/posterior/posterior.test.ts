import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Observation, quantileOf, weigh } from './posterior.ts';

const bracket = { lower: 800, upper: 1_200 };
const pass = (load: number): Observation => ({ load, ok: true });
const fail = (load: number): Observation => ({ load, ok: false });

test('weigh() knows nothing before the first trial: every logarithm within a factor of 2 of the bracket is as likely', () => {
  const posterior = weigh([], bracket);
  expect(quantileOf(posterior, 0.5)).toBeCloseTo(Math.sqrt(400 * 2_400), 6);
  expect(quantileOf(posterior, 1e-9)).toBeCloseTo(400, -1);
  expect(quantileOf(posterior, 1)).toBeCloseTo(2_400, -1);
  expect(posterior.spread).toBeCloseTo((0.01 + 0.02 + 0.04 + 0.07 + 0.12 + 0.2) / 6, 12);
});

test('weigh() gives a belief of 1 in all, on 600 loads', () => {
  const { belief } = weigh([pass(900), fail(1_100), pass(1_000)], bracket);
  expect(belief).toHaveLength(600);
  expect(belief.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9);
});

test('weigh() moves up with a pass and down with a failure, and does not mind the order', () => {
  const trials = fc.array(fc.record({ load: fc.integer({ min: 700, max: 1_300 }), ok: fc.boolean() }), {
    maxLength: 10,
  });
  fc.assert(
    fc.property(trials, fc.integer({ min: 700, max: 1_300 }), (observations, load) => {
      const median = (more: Observation[]): number =>
        quantileOf(weigh([...observations, ...more], bracket), 0.5);
      expect(median([pass(load)])).toBeGreaterThanOrEqual(median([]) - 1e-6);
      expect(median([fail(load)])).toBeLessThanOrEqual(median([]) + 1e-6);
      const turned = weigh(observations.toReversed(), bracket);
      expect(quantileOf(turned, 0.5)).toBeCloseTo(median([]), 6);
    }),
    { numRuns: 30 },
  );
});

test('weigh() closes in between loads that pass and fail again and again, and finds the spread small', () => {
  const posterior = weigh(
    Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? pass(990) : fail(1_010))),
    bracket,
  );
  expect(quantileOf(posterior, 0.5)).toBeCloseTo(1_000, -1);
  expect(quantileOf(posterior, 0.95) / quantileOf(posterior, 0.05)).toBeLessThan(1.04);
  expect(posterior.spread).toBeLessThan(0.03);
});

test('weigh() finds the spread large when loads far apart have the same fate', () => {
  const observations = [fail(850), pass(1_150), fail(900), pass(1_100), fail(860), pass(1_140)];
  expect(weigh(observations, bracket).spread).toBeGreaterThan(0.1);
});

test('weigh() does not believe a single lapse far from all else', () => {
  const observations = [pass(900), pass(950), pass(980), fail(1_020), fail(1_050), fail(1_100)];
  const lapse = quantileOf(weigh([...observations, fail(500)], { lower: 500, upper: 1_200 }), 0.5);
  expect(Math.abs(lapse / 1_000 - 1)).toBeLessThan(0.03);
});

test('quantileOf() never falls as the share rises', () => {
  const posterior = weigh([pass(900), fail(1_100)], bracket);
  const shares = [0, 0.01, 0.05, 0.3, 0.5, 0.7, 0.95, 0.99, 1];
  const loads = shares.map((share) => quantileOf(posterior, share));
  expect(loads).toEqual(loads.toSorted((one, other) => one - other));
});
