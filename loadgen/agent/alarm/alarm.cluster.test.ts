import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { type Alarm, type CreateAlarm, createThreadAlarm, createTimerAlarm } from './alarm.ts';

/** Sets an alarm once, or several times one after the other, and tells how long it took to ring. */
function ringing(createAlarm: CreateAlarm, ...times: number[]): Promise<{ alarm: Alarm; tookMs: number }> {
  return new Promise((resolve) => {
    const from = performance.now();
    const alarm = createAlarm(() => resolve({ alarm, tookMs: performance.now() - from }));
    for (const time of times) alarm.set(time);
  });
}

const kinds = [
  ['createTimerAlarm', createTimerAlarm],
  ['createThreadAlarm', createThreadAlarm],
] as const;

test.each(kinds)('%s() makes an alarm that rings, and not before its time', async (_name, createAlarm) => {
  const { alarm, tookMs } = await ringing(createAlarm, 20);
  alarm.close();
  expect(tookMs).toBeGreaterThan(18.9);
});

test.each(kinds)('%s() makes an alarm that obeys the last time set', async (_name, createAlarm) => {
  const { alarm, tookMs } = await ringing(createAlarm, 60_000, 5);
  alarm.close();
  expect(tookMs).toBeLessThan(30_000);
});

test.each(kinds)('%s() makes an alarm that rings once for each time', async (_name, createAlarm) => {
  let rings = 0;
  await new Promise<void>((resolve) => {
    const alarm = createAlarm(() => {
      rings += 1;
      if (rings < 50) alarm.set(0);
      else {
        alarm.close();
        resolve();
      }
    });
    alarm.set(0);
  });
  expect(rings).toBe(50);
});

test.each(kinds)('%s() makes an alarm that is silent once it is closed', async (_name, createAlarm) => {
  let rings = 0;
  const closed = createAlarm(() => {
    rings += 1;
  });
  closed.set(2);
  closed.close();
  const { alarm } = await ringing(createAlarm, 10);
  alarm.close();
  expect(rings).toBe(0);
});

test('createThreadAlarm() leaves at least a quarter of a millisecond between two rings', async () => {
  const rings: number[] = [];
  await new Promise<void>((resolve) => {
    const alarm = createThreadAlarm(() => {
      rings.push(performance.now());
      if (rings.length < 200) alarm.set(0);
      else {
        alarm.close();
        resolve();
      }
    });
    alarm.set(0);
  });
  const span = (rings.at(-1) ?? 0) - (rings[0] ?? 0);
  expect(span).toBeGreaterThan(0.2 * 199);
});

test('createThreadAlarm() makes an alarm that rings, and in time, when it has been set far more often than it rang', async () => {
  const { alarm, tookMs } = await ringing(
    createThreadAlarm,
    ...Array.from({ length: 2_000 }, () => 60_000),
    20,
  );
  alarm.close();
  expect(tookMs).toBeGreaterThan(18.9);
  expect(tookMs).toBeLessThan(30_000);
});

test('createThreadAlarm() says how finely it sleeps: as a timer where that is enough or it is set very often', () => {
  const alarm = createThreadAlarm(() => undefined);
  expect([alarm.set(60_000), alarm.set(60_000, true), alarm.set(60_000)]).toEqual([0.25, 1, 0.25]);
  const often = Array.from({ length: 2_000 }, () => alarm.set(60_000));
  alarm.close();
  expect(often.at(-1)).toBe(1);
  const timer = createTimerAlarm(() => undefined);
  expect([timer.set(60_000), timer.set(60_000, true)]).toEqual([1, 1]);
  timer.close();
});

test('createThreadAlarm() makes an alarm that rings roughly when that is enough, and not before its time', async () => {
  const from = performance.now();
  const tookMs = await new Promise<number>((resolve) => {
    const alarm = createThreadAlarm(() => {
      alarm.close();
      resolve(performance.now() - from);
    });
    alarm.set(60_000);
    alarm.set(20, true);
  });
  expect(tookMs).toBeGreaterThan(18.9);
});
