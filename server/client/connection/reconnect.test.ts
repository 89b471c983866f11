import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayReturn, reconnectDelay } from './reconnect.ts';

const defaults = { initialDelay: 10_000, randomness: 10_000, multiplier: 1.5, maxDelay: 60_000 };

test('mayReturn() keeps a client away after 1000 and from 4500 on', () => {
  expect([1000, 4500, 4501, 4999].map(mayReturn)).toEqual([false, false, false, false]);
  expect([1001, 1005, 1006, 1012, 4000, 4008, 4100, 4499].every(mayReturn)).toBe(true);
});

test('reconnectDelay() follows the documented formula', () => {
  const delays = [0, 1, 2, 3, 4].map((attempt) =>
    reconnectDelay({ code: 1006, attempt, random: 0.5 }, defaults),
  );
  expect(delays).toEqual([15_000, 22_500, 33_750, 50_625, 60_000]);
});

test('reconnectDelay() is 0 for the first attempt after missed pings, missed pongs and no status only', () => {
  for (const code of [1005, 4000, 4001]) {
    expect(reconnectDelay({ code, attempt: 0, random: 0.5 }, defaults)).toBe(0);
    expect(reconnectDelay({ code, attempt: 1, random: 0.5 }, defaults)).toBe(22_500);
  }
  for (const code of [1001, 1006, 1012, 4003, 4008]) {
    expect(reconnectDelay({ code, attempt: 0, random: 0 }, defaults)).toBe(10_000);
  }
});

test('reconnectDelay() never exceeds maxDelay, however often it was tried', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 10_000 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (attempt, random) => {
        const delay = reconnectDelay({ code: 1006, attempt, random }, defaults);
        expect(delay).toBeGreaterThanOrEqual(10_000);
        expect(delay).toBeLessThanOrEqual(60_000);
      },
    ),
  );
});

test('reconnectDelay() is undefined where a client stays away', () => {
  expect(reconnectDelay({ code: 1000, attempt: 0, random: 0 }, defaults)).toBeUndefined();
  expect(reconnectDelay({ code: 4500, attempt: 3, random: 0 }, defaults)).toBeUndefined();
});
