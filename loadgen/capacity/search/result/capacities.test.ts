import { expect, test } from 'vitest';
import { estimateOf } from '../../estimate/index.ts';
import { quantileOf } from '../posterior/index.ts';
import { posteriorOf } from '../steps/index.ts';
import { aRamp, aState, type ShortAttempt, tripped } from '../testing.ts';
import { capacitiesOf, capacityOf, geometricMean } from './capacities.ts';

const reference = (cpuMicrosPerMessage: number): ShortAttempt => [
  'reference',
  400,
  true,
  { cpuMicrosPerMessage },
];

test('capacityOf() gives the points of what is believed', () => {
  const state = aState([...aRamp, ['locate', 800, true]]);
  const { estimate, isAtLeast } = capacityOf(state);
  expect(estimate?.lower).toBeCloseTo(quantileOf(posteriorOf(state), 0.05), 6);
  expect(estimate?.upper).toBeCloseTo(quantileOf(posteriorOf(state), 0.95), 6);
  expect(isAtLeast).toBe(false);
});

test('capacityOf() widens the interval by a drift of the host, and leaves the median', () => {
  const calm = capacityOf(aState([...aRamp, reference(20), reference(20)])).estimate;
  const drifted = capacityOf(aState([...aRamp, reference(20), reference(25)])).estimate;
  expect(drifted?.median).toBe(calm?.median);
  const side = Math.log((calm?.upper ?? 0) / (calm?.median ?? 1));
  expect(Math.log((drifted?.upper ?? 0) / (drifted?.median ?? 1))).toBeCloseTo(
    Math.hypot(side, Math.log(1.25)),
    9,
  );
  expect(drifted?.lower).toBeLessThan(calm?.lower ?? 0);
});

test('capacityOf() is a lower bound where no larger load was tried, or the load generator gave out near it', () => {
  const ceiling = (load: number): ShortAttempt[] => [
    ['locate', load, true, tripped],
    ['locate', load, true, tripped],
  ];
  expect(
    capacityOf(
      aState([
        ['ramp', 600, true],
        ['ramp', 900, true],
      ]),
    ).isAtLeast,
  ).toBe(true);
  expect(capacityOf(aState([...aRamp, ...ceiling(900)])).isAtLeast).toBe(true);
  const upper = capacityOf(aState(aRamp)).estimate?.upper ?? 0;
  expect(capacityOf(aState([...aRamp, ...ceiling(upper * 1.2)])).isAtLeast).toBe(false);
});

test('capacitiesOf() has one for each common limit, without an estimate where nothing passed', () => {
  const okAtLimits = [false, true, true, true, true];
  const capacities = capacitiesOf(
    aState([
      ['ramp', 444, true, { okAtLimits }],
      ['ramp', 665, true, { okAtLimits }],
      ['ramp', 1_000, false],
    ]),
  );
  expect(capacities.map(({ withinMs }) => withinMs)).toEqual([10, 25, 50, 75, 100]);
  expect(capacities.map(({ estimate }) => estimate !== undefined)).toEqual([false, true, true, true, true]);
});

test('geometricMean() is that of medians and ends, and missing with one of them', () => {
  const capacity = (median: number, isAtLeast = false) => ({
    withinMs: 50,
    estimate: estimateOf(median, 0.1),
    isAtLeast,
  });
  const mean = geometricMean([capacity(100), capacity(400)]);
  expect(mean?.estimate.median).toBeCloseTo(200, 9);
  expect(mean?.estimate.spread).toBeCloseTo(0.1, 9);
  expect(mean?.isAtLeast).toBe(false);
  expect(geometricMean([capacity(100), capacity(400, true)])?.isAtLeast).toBe(true);
  expect(geometricMean([capacity(100), { withinMs: 10, isAtLeast: false }])).toBeUndefined();
  expect(geometricMean([])).toBeUndefined();
});
