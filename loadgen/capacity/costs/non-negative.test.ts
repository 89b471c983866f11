import fc from 'fast-check';
import { expect, test } from 'vitest';
import { solveNonNegative } from './non-negative.ts';

test('solveNonNegative() finds planted coefficients of columns that lie six powers of ten apart', () => {
  const rows = [
    [1, 2_000_000, 0],
    [3, 1_000_000, 0],
    [2, 5_000_000, 0],
  ];
  const found = solveNonNegative(
    rows,
    rows.map(([a = 0, b = 0]) => 40 * a + 0.002 * b),
  );
  expect(found[0]).toBeCloseTo(40, 6);
  expect(found[1]).toBeCloseTo(0.002, 9);
  expect(found[2]).toBe(0);
});

test('solveNonNegative() keeps at 0 what would be below it, and fits the others to that', () => {
  // The best line through these falls by 1 for each of the second column.
  const found = solveNonNegative(
    [
      [1, 0],
      [1, 1],
      [1, 2],
    ],
    [3, 2, 1],
  );
  expect(found[1]).toBe(0);
  expect(found[0]).toBeCloseTo(2, 9);
});

test('solveNonNegative() is never below 0, and gives nothing to columns without work', () => {
  const row = fc.tuple(
    fc.double({ min: 0, max: 1e6, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  );
  const case_ = fc.array(fc.tuple(row, fc.double({ min: 0, max: 1e3, noNaN: true })), {
    minLength: 3,
    maxLength: 9,
  });
  fc.assert(
    fc.property(case_, (points) => {
      const rows = points.map(([each]) => [...each, 0]);
      const found = solveNonNegative(
        rows,
        points.map(([, value]) => value),
      );
      expect(found).toHaveLength(3);
      for (const coefficient of found) expect(coefficient).toBeGreaterThanOrEqual(0);
      expect(found[2]).toBe(0);
    }),
  );
  expect(solveNonNegative([[0, 0]], [1])).toEqual([0, 0]);
});
