import { expect, test } from 'vitest';
import { stalled } from './stalled.ts';
import { NOBODY, startOurs } from './testing.ts';

// Heaps grow by themselves by up to 25 MB in the first 60 MB: 100 MB are published to each reader.
test('stalled finds that ours closes the reader with a code of its own and holds nothing for it', async () => {
  const running = await startOurs();
  const round = await stalled.take(running, { sockets: 5_000, authKey: 'secret' });
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
