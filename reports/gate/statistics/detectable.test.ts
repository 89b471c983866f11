import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blocksNeeded, detectableDifference } from './detectable.ts';

const level = 0.0025;

test.each([
  [0.8, [0.9, 0.7, 0.5]],
  [2, [2.2, 1.7, 1.3]],
  [3, [3.3, 2.5, 2.0]],
  [5, [5.5, 4.3, 3.4]],
  [8, [9.0, 6.9, 5.4]],
  [11, [12.6, 9.6, 7.5]],
  [25, [31, 23, 18]],
  [80, [137, 95, 70]],
])('detectableDifference() at a spread of %f %% reads as the table says', (percent, wanted) => {
  const found = [12, 20, 32].map((blocks) => {
    const difference = detectableDifference(blocks, { spread: percent / 100, level, method: 'signed-rank' });
    return Math.expm1(difference) * 100;
  });
  found.forEach((value, index) => {
    // The table is printed with one decimal, or none where it is large.
    expect(Math.abs(value - wanted[index]!)).toBeLessThanOrEqual(percent >= 25 ? 0.5 : 0.05);
  });
});

test('blocksNeeded() is the first number of blocks whose detectable difference is small enough', () => {
  const spreads = fc.double({ min: 0.001, max: 0.5, noNaN: true });
  const method = fc.constantFrom('signed-rank' as const, 'sign' as const);
  fc.assert(
    fc.property(spreads, spreads, method, (spread, difference, by) => {
      const precision = { spread, level, method: by };
      const blocks = blocksNeeded(difference, precision);
      expect(detectableDifference(blocks, precision)).toBeLessThanOrEqual(difference * (1 + 1e-12));
      if (blocks > 1) expect(detectableDifference(blocks - 1, precision)).toBeGreaterThan(difference);
    }),
  );
});
