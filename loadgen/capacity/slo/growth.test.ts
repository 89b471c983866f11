import fc from 'fast-check';
import { expect, test } from 'vitest';
import { uniform } from '../../plan/index.ts';
import { trendOf } from './growth.ts';

const at = (count: number, value: (second: number) => number): number[] =>
  Array.from({ length: count }, (_, second) => value(second));

test('trendOf() finds the slope of a straight line, and that one wild second changes neither it nor the chance much', () => {
  const line = at(10, (second) => 5 + 3 * second);
  expect(trendOf(line).slope).toBeCloseTo(3, 12);
  const wild = line.with(4, 1_000);
  expect(trendOf(wild).slope).toBeCloseTo(3, 12);
  expect(trendOf(wild).chance).toBeLessThan(0.01);
});

test('trendOf() knows the exact chances of few points: one order of 120 rises throughout', () => {
  expect(trendOf([1, 2, 3, 4, 5]).chance).toBeCloseTo(1 / 120, 12);
  expect(trendOf([1, 2, 3, 5, 4]).chance).toBeCloseTo(5 / 120, 12);
  expect(trendOf([5, 4, 3, 2, 1]).chance).toBeCloseTo(1, 12);
  expect(trendOf([1, 2, 3, 4]).chance).toBeGreaterThan(0.01);
});

test('trendOf() of equal values, one value or none is no trend', () => {
  for (const values of [[], [7], at(60, () => 0)]) {
    expect(trendOf(values).slope).toBe(0);
    expect(trendOf(values).chance).toBeGreaterThanOrEqual(0.5);
  }
});

test('trendOf() does not depend on the level or the unit of a series', () => {
  const values = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 3, maxLength: 40 });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 9 }), (series, factor) => {
      const other = trendOf(series.map((value) => 100 + factor * value));
      expect(other.chance).toBe(trendOf(series).chance);
      expect(other.slope).toBeCloseTo(factor * trendOf(series).slope, 6);
    }),
  );
});

test.each([10, 15, 16, 60])('trendOf() calls %d random seconds a rise once in a hundred times', (seconds) => {
  const series = 2_000;
  let alarms = 0;
  for (let one = 0; one < series; one += 1)
    if (trendOf(at(seconds, (second) => uniform(seconds, one, second))).chance <= 0.01) alarms += 1;
  // 20 expected at most; 36 or more have a chance below 0.1 %. A level far too strict shows as well.
  expect(alarms).toBeLessThan(36);
  expect(alarms).toBeGreaterThan(6);
});
