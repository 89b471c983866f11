import { expect, test } from 'vitest';
import { stalled } from './stalled.ts';
import { NOBODY, startOurs } from './testing.ts';

test('stalled finds that ours closes the reader with a code of its own and holds nothing for it', async () => {
  const running = await startOurs();
  const round = await stalled.take(running, { sockets: 1_500, authKey: 'secret' });
  expect(round['code']).toBe(4_100);
  expect(Number(round['peak'])).toBeGreaterThanOrEqual(0);
  expect(Number(round['grown'])).toBeLessThan(25);
  expect(await running.ask('count')).toEqual(NOBODY);
});

test('stalled has no code for a reader that catches up', async () => {
  const running = await startOurs();
  const round = await stalled.take(running, { sockets: 20, authKey: 'secret' });
  expect(round['code']).toBe(0);
});
