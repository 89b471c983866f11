import { expect, test } from 'vitest';
import { fanOutBurst, fanOutSingle } from './fan-out.ts';
import { NOBODY, startOurs } from './testing.ts';

const setting = { sockets: 200, authKey: 'secret' };

test('fanOutSingle finds what a delivery of ours costs', async () => {
  const running = await startOurs();
  const round = await fanOutSingle.take(running, setting);
  expect(round['process']).toBeGreaterThan(0.1);
  expect(round['process']).toBeLessThan(10_000);
  expect(await running.ask('count')).toEqual(NOBODY);
});

test('fanOutBurst delivers no more than was asked for', async () => {
  const running = await startOurs();
  const round = await fanOutBurst.take(running, setting);
  // 10 every 5 ms to 20; of what was behind at the beginning some more may come.
  expect(round['perSecond']).toBeGreaterThan(1_000);
  expect(round['perSecond']).toBeLessThan(45_000);
  expect(round['process']).toBeGreaterThan(0.1);
  expect(await running.ask('count')).toEqual(NOBODY);
});
