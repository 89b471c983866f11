import { expect, test } from 'vitest';
import { subjects } from '../subjects/index.ts';
import { echo } from './echo.ts';

test('echo finds what our answers cost, and leaves no socket behind', async () => {
  const subject = subjects.find(({ name }) => name === 'ours-attached');
  const running = await subject!.start('secret');
  try {
    const { process: own, all } = (await echo.take(running, { sockets: 1_000, authKey: 'secret' })) as {
      process: number;
      all: number;
    };
    expect(own).toBeGreaterThan(1);
    expect(all).toBe(own);
    expect(all).toBeLessThan(10_000);
    expect(await running.ask('count')).toEqual({ sockets: 0, authenticated: 0 });
  } finally {
    await running.stop();
  }
});
