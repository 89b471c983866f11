import { expect, test } from 'vitest';
import { median, normalBelow, studentPoint } from './chance.ts';

test.each([
  [0, 0.5],
  [1.644_853_627, 0.95],
  [-2.326_347_874, 0.01],
  [-4, 3.167_124e-5],
  [-8, 6.220_961e-16],
])('normalBelow() of %d is %d', (value, chance) => {
  expect(normalBelow(value) / chance).toBeCloseTo(1, 6);
});

test('normalBelow() is certain far out, and never undefined', () => {
  expect(normalBelow(80)).toBe(1);
  expect(normalBelow(-80)).toBe(0);
  expect(normalBelow(Number.POSITIVE_INFINITY)).toBe(1);
  expect(normalBelow(Number.NEGATIVE_INFINITY)).toBe(0);
});

test.each([
  [3, 2.353_363],
  [5, 2.015_048],
  [9, 1.833_113],
  [19, 1.729_133],
  [59, 1.671_093],
])('studentPoint() of %d degrees is that of the tables, %d', (degrees, point) => {
  expect(Math.abs(studentPoint(degrees) / point - 1)).toBeLessThan(0.005);
});

test('median() takes the middle, or the mean of the two', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBe(0);
});
