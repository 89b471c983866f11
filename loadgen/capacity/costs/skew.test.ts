import fc from 'fast-check';
import { expect, test } from 'vitest';
import { busiestShare } from './skew.ts';

test('busiestShare() follows U / W (1 + sqrt(2 ln W W / U))', () => {
  expect(busiestShare(10_000, 4)).toBeCloseTo(2_500 * (1 + Math.sqrt((2 * Math.log(4) * 4) / 10_000)), 9);
  expect(busiestShare(10_000, 4)).toBeCloseTo(2_583.26, 2);
  expect(busiestShare(7, 1)).toBe(7);
  expect(busiestShare(0, 4)).toBe(0);
});

test('busiestShare() grows with the users and lies between the mean and all of them', () => {
  const users = fc.double({ min: 1, max: 1e7, noNaN: true });
  fc.assert(
    fc.property(users, users, fc.integer({ min: 1, max: 200 }), (one, other, workers) => {
      const [few, many] = [Math.min(one, other), Math.max(one, other)];
      expect(busiestShare(few, workers)).toBeLessThanOrEqual(busiestShare(many, workers) + 1e-9);
      expect(busiestShare(few, workers)).toBeLessThanOrEqual(few);
      expect(busiestShare(few, workers)).toBeGreaterThanOrEqual(few / workers - 1e-9);
    }),
  );
});
