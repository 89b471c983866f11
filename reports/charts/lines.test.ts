import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Point } from '../browser/index.ts';
import { line, thin, WIDE_POINTS } from './lines.ts';

const series = fc
  .array(fc.oneof(fc.integer({ min: -1_000, max: 1_000 }), fc.constant(null)), {
    minLength: 1,
    maxLength: 400,
  })
  .map((values) => values.map((value, second): Point => [second, value]));

function values(points: readonly Point[]): number[] {
  return points.flatMap(([, value]) => (value === null ? [] : [value]));
}

test('thin() keeps the highest and the lowest value, the order, and the limit', () => {
  fc.assert(
    fc.property(series, fc.integer({ min: 2, max: 100 }), (points, most) => {
      const thinned = thin(points, most);
      expect(thinned.length).toBeLessThanOrEqual(most);
      expect(Math.max(...values(thinned))).toBe(Math.max(...values(points)));
      expect(Math.min(...values(thinned))).toBe(Math.min(...values(points)));
      expect(thinned.every(([second], index) => index === 0 || second > (thinned[index - 1]?.[0] ?? 0))).toBe(
        true,
      );
    }),
  );
});

test('thin() leaves every point at the second it was measured', () => {
  const points = Array.from({ length: 5_000 }, (_, second): Point => [second, (second * 7_919) % 1_009]);
  for (const [second, value] of thin(points, 50)) expect(points[second]).toEqual([second, value]);
});

test('thin() keeps a silence that is long enough to see', () => {
  const points = Array.from(
    { length: 1_000 },
    (_, second): Point => [second, second > 400 && second < 600 ? null : 1],
  );
  expect(thin(points, 100).some(([, value]) => value === null)).toBe(true);
});

test('line() keeps a day within its points and figures short', () => {
  const points = Array.from({ length: 86_400 }, (_, second): Point => [second, Math.sin(second) * 1_000]);
  const { points: kept } = line('p99', { look: 1, points });
  expect(kept.length).toBeLessThanOrEqual(WIDE_POINTS);
  expect(
    kept.every(
      ([, value]) =>
        String(Math.abs(value ?? 0))
          .replace('.', '')
          .replace(/^0+/, '').length <= 4,
    ),
  ).toBe(true);
});
