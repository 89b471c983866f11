import { expect, test } from 'vitest';
import { monotonicMs, onProcessClock, processClockMs } from './clocks.ts';

test('monotonicMs() goes forwards and counts milliseconds', () => {
  const outerStart = performance.now();
  const start = monotonicMs();
  const innerStart = performance.now();
  while (performance.now() < innerStart + 5);
  const innerEnd = performance.now();
  const end = monotonicMs();
  const outerEnd = performance.now();
  expect(end - start).toBeGreaterThan(innerEnd - innerStart - 0.01);
  expect(end - start).toBeLessThan(outerEnd - outerStart + 0.01);
});

test('processClockMs() counts from the epoch', () => {
  expect(Math.abs(processClockMs() - Date.now())).toBeLessThan(60_000);
});

test('onProcessClock() finds the same instant on the other clock', () => {
  const before = processClockMs();
  const same = onProcessClock(monotonicMs());
  const after = processClockMs();
  expect(same).toBeGreaterThanOrEqual(before - 0.5);
  expect(same).toBeLessThanOrEqual(after + 0.5);
  expect(onProcessClock(monotonicMs() + 5_000) - after).toBeGreaterThan(4_990);
});
