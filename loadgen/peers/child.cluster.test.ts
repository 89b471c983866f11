import { expect, test } from 'vitest';
import { entry } from '../../server/process/index.ts';
import { end, startReady } from './child.ts';

const MAIN = 'loadgen/peers/servers/main.js';
const start = { name: 'ours-attached', packages: entry('../package.json'), authKey: 'secret' };

test('startReady() gives what the child tells, and end() waits until it is gone', async () => {
  const { child, details } = await startReady<{ port: number }>(MAIN, start);
  expect(details.port).toBeGreaterThan(0);
  await end(child);
  expect(() => process.kill(child.pid, 0)).toThrow('ESRCH');
});

test('startReady() rejects with the last words of a child that ends before', async () => {
  const failed = startReady(MAIN, { ...start, packages: '/nowhere/package.json' });
  await expect(failed).rejects.toMatchObject({
    code: 'PROCESS_FAILED',
    message: expect.stringContaining("Cannot find module 'socketcluster-bench'"),
  });
});
