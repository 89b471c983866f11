import { expect, test } from 'vitest';
import { growth, readThreads } from './threads.ts';

test('readThreads() tells what this process ran, as the process itself does', () => {
  const cpu = process.cpuUsage();
  const before = readThreads([process.pid]);
  for (const until = performance.now() + 60; performance.now() < until; );
  const after = readThreads([process.pid]);
  const { user, system } = process.cpuUsage(cpu);
  const ran = growth(before.ran, after.ran);
  expect(ran).toBeGreaterThan(0);
  // The thread that reads was not interrupted yet: up to a tick of the scheduler is missing at both ends.
  expect(Math.abs(ran - user - system)).toBeLessThan(30_000);
});

test('readThreads() of a process that is gone is empty', () => {
  expect(readThreads([2 ** 22 + 1]).ran.size).toBe(0);
});

test('growth() counts new threads from their start and threads that ended for nothing', () => {
  const before = new Map([
    [1, 100],
    [2, 500],
  ]);
  const after = new Map([
    [1, 130],
    [3, 7],
  ]);
  expect(growth(before, after)).toBe(37);
});
