import { expect, test } from 'vitest';
import { leastSquares, type Problem } from './least-squares.ts';

/** A line through 1, 3 and 5, of which the second is known half as well. */
const line: Problem = {
  values: [1, 4 / 2, 5],
  curve:
    ([height = 0, slope = 0]) =>
    (index) =>
      (height + slope * index) / (index === 1 ? 2 : 1),
  slopes: () => (index) => [1, index].map((each) => each / (index === 1 ? 2 : 1)),
  least: [-100, -100],
  most: [100, 100],
};

test('leastSquares() finds the weighted least squares of a line', () => {
  // Of the normal equations: the residuals are -2, 4 and -2 twelfths of one with the weights 1, 1/4 and 1.
  const { parameters, squares } = leastSquares(line, [50, -50]);
  expect(parameters[0]).toBeCloseTo(1 + 1 / 9, 5);
  expect(parameters[1]).toBeCloseTo(2, 5);
  expect(squares).toBeCloseTo(2 / 81 + (8 / 9 / 2) ** 2, 6);
});

test('leastSquares() comes back from steps that are too long', () => {
  const steep: Problem = {
    values: [0, 0],
    curve:
      ([at = 0]) =>
      () =>
        Math.atan(10 * (at - 1)),
    slopes:
      ([at = 0]) =>
      () => [10 / (1 + (10 * (at - 1)) ** 2)],
    least: [-1e6],
    most: [1e6],
  };
  expect(leastSquares(steep, [3]).parameters[0]).toBeCloseTo(1, 3);
});

test('leastSquares() stays within the bounds, and never ends higher than it began', () => {
  const { parameters } = leastSquares({ ...line, most: [100, 1] }, [0, 0]);
  expect(parameters[1]).toBeLessThanOrEqual(1);
  const start = [1 + 1 / 9, 2];
  expect(leastSquares(line, start).squares).toBeLessThanOrEqual(2 / 81 + (8 / 9 / 2) ** 2 + 1e-12);
});
