import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { countInstructions, hasCounters, parseCount } from './instructions.ts';

test('parseCount() reads a count, and none where there are only words', () => {
  expect(parseCount('Events enabled\n1234,,instructions:u,99,100.00,,\n')).toBe(1234);
  expect(parseCount('<not supported>,,instructions:u,0,100.00,,\n')).toBeUndefined();
  expect(parseCount('<not counted>,,instructions:u,0,100.00,,\n')).toBeUndefined();
  expect(parseCount('')).toBeUndefined();
});

test('countInstructions() counts while it is asked to, where perf answers', async () => {
  const isCounting = await hasCounters();
  const child = spawn(process.execPath, [
    '-e',
    'setInterval(() => console.log(Array(1e6).join().length), 1)',
  ]);
  onTestFinished(async () => {
    child.kill();
    await once(child, 'close');
  });
  const end = await countInstructions([Number(child.pid)]);
  await once(child.stdout, 'data');
  await once(child.stdout, 'data');
  const count = await end();
  if (isCounting) expect(count).toBeGreaterThan(100_000);
  else expect(count).toBeUndefined();
});

test('countInstructions() counts nothing of a process that is gone, and says so', async () => {
  const end = await countInstructions([2 ** 22 + 1]);
  expect(await end()).toBeUndefined();
});
