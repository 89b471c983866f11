import { expect, test } from 'vitest';
import { standStill } from './service-time.ts';

test('standStill() looks at the clock until the time is over, and no longer', () => {
  let [now, looks] = [100, 0];
  const clock = {
    now() {
      looks += 1;
      now += 0.25; // Exact in binary, as are its sums.
      return now;
    },
  };
  standStill(2_000, clock);
  expect([now, looks]).toEqual([102.25, 9]);
});

test('standStill() takes at least as long as it was told', () => {
  const before = performance.now();
  standStill(2_000);
  expect(performance.now() - before).toBeGreaterThanOrEqual(2);
});
