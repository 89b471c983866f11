import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { countEnded, processTree } from './process-tree.ts';

test('processTree() begins with its root and finds descendants', () => {
  expect(processTree(process.pid)[0]).toBe(process.pid);
  expect(processTree(process.ppid)).toContain(process.pid);
});

test('countEnded() counts processes that are there no more', async () => {
  const child = spawn('true');
  const { pid = 0 } = child;
  await once(child, 'exit');
  expect(countEnded([process.pid, pid, process.ppid])).toBe(1);
  expect(countEnded([process.pid])).toBe(0);
});
