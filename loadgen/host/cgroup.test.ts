import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { cpuQuota, memoryRoom, throttledMs } from './cgroup.ts';

const root = mkdtempSync(join(tmpdir(), 'cgroup-'));
afterAll(() => rmSync(root, { recursive: true }));
const write = (folder: string, files: Record<string, string>): void => {
  mkdirSync(join(root, folder), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, folder, name), text);
};
write('one/two', { 'cpu.max': 'max 100000\n', 'memory.max': '3000\n', 'memory.current': '500\n' });
write('one', {
  'cpu.max': '150000 100000\n',
  'memory.max': 'max\n',
  'cpu.stat': 'usage_usec 9\nthrottled_usec 2500\n',
});
write('cpu/old', { 'cpu.cfs_quota_us': '50000\n', 'cpu.cfs_period_us': '100000\n' });
write('cpu/old', { 'cpu.stat': 'nr_periods 1\nthrottled_time 7000000\n' });
write('cpu', { 'cpu.cfs_quota_us': '-1\n', 'cpu.cfs_period_us': '100000\n' });
write('memory', { 'memory.limit_in_bytes': '9223372036854771712\n', 'memory.usage_in_bytes': '5\n' });

const unified = { membership: '0::/one/two\n', root };
const separate = { membership: '3:memory:/\n1:cpu,cpuacct:/old\n0::/\n', root };

test('cpuQuota() takes the least of all levels, in both hierarchies', () => {
  expect(cpuQuota(unified)).toBe(1.5);
  expect(cpuQuota(separate)).toBe(0.5);
  expect(cpuQuota({ membership: '', root })).toBe(null);
});

test('memoryRoom() tells what is left, and null without a limit', () => {
  expect(memoryRoom(unified)).toBe(2_500);
  expect(memoryRoom(separate)).toBe(null);
});

test('throttledMs() tells milliseconds, in both hierarchies', () => {
  expect(throttledMs(unified)).toBe(2.5);
  expect(throttledMs(separate)).toBe(7);
  expect(throttledMs({ membership: '', root })).toBe(0);
});
