import { expect, test, vi } from 'vitest';
import { watchGc } from './gc.ts';

test('watchGc() adds up what was collected and never goes back', async () => {
  const read = watchGc();
  let previous = read();
  let kept: number[][] = [];
  await vi.waitFor(
    () => {
      kept = [];
      for (let index = 0; index < 20_000; index += 1) kept.push([index]);
      const total = read();
      expect(total).toBeGreaterThanOrEqual(previous);
      previous = total;
      expect(total).toBeGreaterThan(0);
    },
    { timeout: 4_000, interval: 5 },
  );
  expect(kept).toHaveLength(20_000);
});
