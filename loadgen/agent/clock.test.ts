import { expect, test } from 'vitest';
import { RunClock } from './clock.ts';

test('RunClock.now() counts seconds from the start, negative before it, and never goes back', () => {
  const clock = new RunClock();
  clock.startEpochMs = Date.now() + 5_000;
  const first = clock.now();
  expect(first).toBeGreaterThan(-5.5);
  expect(first).toBeLessThan(-4.5);
  expect(clock.now()).toBeGreaterThanOrEqual(first);
});

test('RunClock.start() counts by the process itself, whatever the common start is called', () => {
  const clock = new RunClock();
  clock.start(1_000, Date.now() - 3_000);
  expect(clock.startEpochMs).toBe(1_000);
  expect(clock.now()).toBeGreaterThan(2.5);
  expect(clock.now()).toBeLessThan(60);
});
