import { expect, test } from 'vitest';
import { pipelined } from './pipelined.ts';
import { NOBODY, startOurs } from './testing.ts';

test('pipelined finds how much ours answers, and leaves no socket behind', async () => {
  const running = await startOurs();
  const round = await pipelined.take(running, { sockets: 1_000, authKey: 'secret' });
  expect(round['perSecond']).toBeGreaterThan(1_000);
  // What a core gives at most, and as much as it was asked for.
  expect(Number(round['perSecond']) * Number(round['process'])).toBeLessThan(4e6);
  expect(round['clients']).toBeGreaterThan(1);
  expect(await running.ask('count')).toEqual(NOBODY);
});
