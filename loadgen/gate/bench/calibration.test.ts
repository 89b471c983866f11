import { expect, test } from 'vitest';
import { paceOf } from './calibration.ts';
import type { Lengths } from './options.ts';

test('paceOf() adds up two servers, their windows with some of them again, and their end', () => {
  const lengths = { openSeconds: 1.2 } as Lengths;
  const parts = { opening: 4, fixed: 0.7, beside: 0.1, memory: 3, closing: 0.5 };
  const { blockSeconds, memorySeconds } = paceOf({ lengths }, parts);
  expect(blockSeconds.long).toBeCloseTo(8 + 8 * 2 * 1.15 + 0.5, 9);
  expect(blockSeconds.short).toBeCloseTo(8 + 4 * 2 * 1.15 + 0.5, 9);
  expect(memorySeconds).toBe(6);
});
