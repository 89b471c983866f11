import { expect, test, vi } from 'vitest';
import { watchEventLoop } from './event-loop.ts';

/** Keeps the loop from turning. */
function stall(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

test('watchEventLoop() sees a stall right after a reading, and in that period only', () => {
  const read = watchEventLoop();
  read();
  stall(60);
  const { p99, max } = read();
  expect(max).toBeGreaterThanOrEqual(40); // 20 of the 60 ms are the pause before the next look
  expect(p99).toBe(max);
  expect(read().max).toBe(0);
});

test('watchEventLoop() sees a stall that its own ticks met', async () => {
  const read = watchEventLoop();
  let { p50, max } = read();
  await vi.waitFor(() => {
    ({ p50 } = read());
    expect(p50).toBeGreaterThan(0);
    expect(p50).toBeLessThan(20); // the pause between two ticks is not delay
  });
  stall(60);
  await vi.waitFor(() => {
    max = Math.max(max, read().max);
    expect(max).toBeGreaterThanOrEqual(20);
  });
});
