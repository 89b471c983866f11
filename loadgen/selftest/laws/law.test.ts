import { describe, expect, test } from 'vitest';
import { exponential, fixed, mixture, stalls } from './law.ts';

describe('laws of delays', () => {
  test('fixed() gives every share the same time', () => {
    expect([0.5, 0.999].map((share) => fixed(5).quantile(share))).toEqual([5, 5]);
  });

  test('mixture() changes over where the shares of the quicker parts are used up', () => {
    const law = mixture([
      { share: 0.05, delayMs: 40 },
      { share: 0.95, delayMs: 2 },
    ]);
    expect([0.5, 0.95, 0.951, 1].map((share) => law.quantile(share))).toEqual([2, 2, 40, 40]);
  });

  test('exponential() has its median at ln 2 of the mean and no end', () => {
    expect(exponential(4).quantile(0.5)).toBeCloseTo(4 * Math.LN2, 12);
    expect(exponential(4).max).toBeUndefined();
  });

  test('stalls() lets a tenth of all wait when a tenth of the time is a stall, each an even part of it', () => {
    const law = stalls({ lengthMs: 1_000, periodMs: 10_000 });
    const times = [0.5, 0.9, 0.95, 0.975, 0.99].map((share) => Math.round(law.quantile(share)));
    expect(times).toEqual([0, 0, 500, 750, 900]);
    expect(law.max).toBe(1_000);
  });
});
