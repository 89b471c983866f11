import { expect, test } from 'vitest';
import { echo } from './echo.ts';
import { NOBODY, startOurs } from './testing.ts';

test('echo finds what our answers cost, and leaves no socket behind', async () => {
  const running = await startOurs();
  const { process: own, all } = await echo.take(running, { sockets: 1_000, authKey: 'secret' });
  expect(own).toBeGreaterThan(1);
  expect(all).toBe(own);
  expect(all).toBeLessThan(10_000);
  expect(await running.ask('count')).toEqual(NOBODY);
});
