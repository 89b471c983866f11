import { expect, test } from 'vitest';
import { defaultWarmUp, isWarm, type WarmSlice } from './warm-up.ts';

/** Half-second slices of 10,000 messages that cost so many microseconds each. */
function slices(...costs: number[]): WarmSlice[] {
  return costs.map((cost) => ({ seconds: 0.5, messages: 10_000, cpuMicros: 10_000 * cost }));
}

test('isWarm() wants two seconds, then three slices that agree within 5 %', () => {
  expect(isWarm(slices(20, 20, 20), defaultWarmUp)).toBe(false);
  expect(isWarm(slices(30, 20, 20.9, 20.5), defaultWarmUp)).toBe(true);
  expect(isWarm(slices(30, 20, 21.1, 20.5), defaultWarmUp)).toBe(false);
  expect(isWarm(slices(30, 20, 21.1, 20.5, 20.6), defaultWarmUp)).toBe(true);
});

test('isWarm() wants 20,000 messages, however steady they are', () => {
  const slow = Array.from({ length: 5 }, () => ({ seconds: 0.5, messages: 3_999, cpuMicros: 1_000 }));
  expect(isWarm(slow, defaultWarmUp)).toBe(false);
  expect(isWarm([...slow, ...slow.slice(0, 1)], defaultWarmUp)).toBe(true);
});

test('isWarm() waits no longer than six seconds', () => {
  const restless = Array.from({ length: 12 }, (_, index) => 20 + 10 * (index % 2));
  expect(isWarm(slices(...restless.slice(1)), defaultWarmUp)).toBe(false);
  expect(isWarm(slices(...restless), defaultWarmUp)).toBe(true);
});
