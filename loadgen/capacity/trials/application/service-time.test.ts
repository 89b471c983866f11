import { expect, test } from 'vitest';
import { standStill } from './service-time.ts';

test('standStill() looks at the clock until the time is over, and no longer', () => {
  let [now, looks] = [100, 0];
  const clock = {
    now() {
      looks += 1;
      now += 1 / 16;
      return now;
    },
  };
  standStill(250, clock);
  // Once at the beginning, and then four times as far as a sixteenth of a millisecond goes into the time.
  expect([now, looks]).toEqual([100 + 5 / 16, 5]);
});

test('standStill() takes at least as long as it was told', () => {
  const before = performance.now();
  standStill(2_000);
  expect(performance.now() - before).toBeGreaterThanOrEqual(2);
});
