import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { keepApart } from './cores.ts';

function coresOf(pid: number): string | undefined {
  return /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
}

test('keepApart() keeps this process off the core of a server, and lets it go again', async () => {
  const child = spawn('sleep', ['60']);
  onTestFinished(async () => {
    child.kill();
    await once(child, 'close');
  });
  const pid = Number(child.pid);
  const before = coresOf(process.pid);
  const release = keepApart([pid]);
  const [own, theirs] = [coresOf(process.pid), coresOf(pid)];
  release();
  expect(coresOf(process.pid)).toBe(before);
  // With one core for all there is nothing to part.
  const isParted = own !== before;
  expect(own === theirs).toBe(!isParted);
  if (isParted) for (const cores of [own, theirs]) expect(cores).toMatch(/^\d+$/);
});
