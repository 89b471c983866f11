import { expect, test, vi } from 'vitest';
import { createSnapshots } from './snapshot.ts';

test('createSnapshots() joins the figures of the role with those of the process', () => {
  const figures = { connections: 1, accepted: 2, messagesIn: 3, messagesOut: 4, counters: { other: 5 } };
  const take = createSnapshots('broker', 1, () => figures);
  const first = take();
  expect(first).toMatchObject({ role: 'broker', id: 1, pid: process.pid, ...figures });
  expect(Object.keys(first).sort()).toEqual([
    'accepted',
    'at',
    'connections',
    'counters',
    'cpuMicros',
    'eventLoop',
    'gcMs',
    'heapUsedBytes',
    'id',
    'messagesIn',
    'messagesOut',
    'pid',
    'role',
    'rssBytes',
  ]);
  expect(first.rssBytes).toBeGreaterThan(first.heapUsedBytes);
});

test('createSnapshots() reads time and CPU that only grow, and survives JSON', () => {
  const take = createSnapshots('worker', 0, () => ({
    connections: 0,
    accepted: 0,
    messagesIn: 0,
    messagesOut: 0,
    counters: {},
  }));
  const first = take();
  const second = take();
  expect(second.at).toBeGreaterThan(first.at);
  expect(second.cpuMicros).toBeGreaterThanOrEqual(first.cpuMicros);
  expect(JSON.parse(JSON.stringify(second))).toEqual(second);
});

test('createSnapshots() repeats the memory it knew when the process has no descriptor left to read it', () => {
  const figures = { connections: 0, accepted: 0, messagesIn: 0, messagesOut: 0, counters: {} };
  const take = createSnapshots('master', 0, () => figures);
  const before = take();
  const memoryUsage = vi.spyOn(process, 'memoryUsage').mockImplementation(() => {
    throw new Error('EMFILE: too many open files, uv_resident_set_memory');
  });
  expect(take()).toMatchObject({ rssBytes: before.rssBytes, heapUsedBytes: before.heapUsedBytes });
  expect(memoryUsage).toHaveBeenCalled();
  memoryUsage.mockRestore();
});
