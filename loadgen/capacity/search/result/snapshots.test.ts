import { expect, test } from 'vitest';
import { aRamp, aState, tripped } from '../testing.ts';
import { snapshotsOf } from './snapshots.ts';

const state = aState([
  ...aRamp,
  ['recovery', 570, true, { overload: 1_200 }],
  ['locate', 800, true],
  ['locate', 900, true, tripped],
  ['locate', 900, false],
  ['confirm', 780, true],
]);

test('snapshotsOf() has one for each trial that taught something, from the end of the ramp', () => {
  expect(snapshotsOf(state).map(({ trial, phase, load, ok }) => [trial, phase, load, ok])).toEqual([
    [3, 'ramp', 1_000, false],
    [5, 'locate', 800, true],
    [7, 'locate', 900, false],
    [8, 'confirm', 780, true],
  ]);
});

test('snapshotsOf() closes in, and each curve holds all belief', () => {
  const snapshots = snapshotsOf(state);
  const widths = snapshots.map(({ lower, upper }) => upper / lower);
  expect(widths.at(-1)).toBeLessThan(widths[0]!);
  for (const { curve, lower, median, upper } of snapshots) {
    expect(curve).toHaveLength(60);
    expect(curve.reduce((sum, { belief }) => sum + belief, 0)).toBeCloseTo(1, 9);
    const within = curve.filter(({ load }) => load >= lower && load <= upper);
    expect(within.reduce((sum, { belief }) => sum + belief, 0)).toBeGreaterThan(0.75);
    expect(median).toBeGreaterThan(lower);
  }
});

test('snapshotsOf() of a ramp that goes on has none but its last', () => {
  expect(
    snapshotsOf(
      aState([
        ['ramp', 50, true],
        ['ramp', 75, true],
      ]),
    ).map(({ trial }) => trial),
  ).toEqual([2]);
});
