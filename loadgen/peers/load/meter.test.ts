import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { costOf } from './meter.ts';

test('costOf() tells what processes and clients used meanwhile', async () => {
  const child = spawn(process.execPath, ['-e', 'console.log(1); for (;;);']);
  onTestFinished(async () => {
    child.kill();
    await once(child, 'close');
  });
  await once(child.stdout, 'data');
  const pid = Number(child.pid);
  const work = async (): Promise<void> => {
    for (const until = performance.now() + 150; performance.now() < until; );
  };
  const cost = await costOf({ pid, pids: [pid] }, work);
  expect(cost.all).toBe(cost.process);
  expect(cost.process).toBeGreaterThan(0);
  expect(cost.seconds).toBeGreaterThanOrEqual(0.15);
  expect(cost.clients).toBeGreaterThan(0);
  const both = await costOf({ pid, pids: [pid, process.pid] }, work);
  expect(both.all).toBeGreaterThan(both.process);
});
