import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apportion } from './apportion.ts';

test('apportion() adds up to the total, each part within one of its exact share', () => {
  const weights = fc.array(fc.double({ min: 0.001, max: 1_000, noNaN: true }), {
    minLength: 1,
    maxLength: 20,
  });
  fc.assert(
    fc.property(fc.nat(1_000_000), weights, (total, drawn) => {
      const parts = apportion(total, drawn);
      const sum = drawn.reduce((whole, weight) => whole + weight, 0);
      expect(parts.reduce((whole, part) => whole + part, 0)).toBe(total);
      for (const [n, part] of parts.entries())
        expect(Math.abs(part - (total * drawn[n]!) / sum)).toBeLessThan(1 + 1e-6);
    }),
  );
});

test.each([
  [10, [1, 1, 1], [4, 3, 3]],
  [10, [0.9, 0.1], [9, 1]],
  [3, [5, 5, 5, 5], [1, 1, 1, 0]],
  [100, [0, 3, 1], [0, 75, 25]],
])('apportion() parts %i by %o into %o', (total, weights, parts) => {
  expect(apportion(total, weights)).toEqual(parts);
});
