import { expect, test } from 'vitest';
import { arrivalOf } from './arrival.ts';

/** A receiver that has taken one more at each of these looks, and all of them from then on. */
function receiver(looks: number, taken: (look: number) => number) {
  let look = 0;
  return {
    ask: async () => {
      look = Math.min(look + 1, looks);
      return { cpuMicros: 0, received: taken(look) };
    },
  };
}

test('arrivalOf() waits for as long as any arrive, and no longer', async () => {
  // At a look every five milliseconds or later, all of them take longer than nothing may arrive for.
  const from = performance.now();
  await arrivalOf(
    20,
    receiver(20, (look) => look),
    60,
  );
  expect(performance.now() - from).toBeGreaterThan(60);
});

test('arrivalOf() waits for nothing where nothing was published', async () => {
  await arrivalOf(
    0,
    receiver(1, () => 0),
    0,
  );
});

test('arrivalOf() gives up when one of them is lost, and says so', async () => {
  await expect(
    arrivalOf(
      10,
      receiver(9, (look) => look),
      60,
    ),
  ).rejects.toMatchObject({
    code: 'MEASUREMENT_FAILED',
    message:
      'Cannot measure what a publication costs: 9 of 10 arrived and no more for 0.06 s, wanted are all',
  });
});
