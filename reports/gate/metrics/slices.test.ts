import { expect, test } from 'vitest';
import { stallLimitMs, stallShare, typicalMedianMs, typicalTailMs } from './slices.ts';

const slices = [3, 4, 5, 6, 90].map((p99Ms) => ({ messages: 1_000, p50Ms: p99Ms / 4, p99Ms }));

test('typicalTailMs() and typicalMedianMs() do not feel how long a single stall was', () => {
  const worse = slices.map((slice) => (slice.p99Ms > 50 ? { ...slice, p50Ms: 800, p99Ms: 4_000 } : slice));
  for (const list of [slices, worse]) {
    expect(typicalTailMs(list)).toBe(4);
    expect(typicalMedianMs(list)).toBe(1.25);
  }
});

test('stallShare() counts the slices beyond a limit made of the base', () => {
  expect(stallLimitMs(slices)).toBe(25);
  expect(stallShare(slices, stallLimitMs(slices))).toBe(0.2);
  expect(stallShare(slices, 90)).toBe(0);
  expect(stallShare([], 25)).toBe(0);
});
