import { expect, test, vi } from 'vitest';
import type { Snapshot } from '../observe/index.ts';
import { StateBook } from './state.ts';

const snapshot = (role: Snapshot['role'], id: number, pid: number): Snapshot => ({
  role,
  id,
  pid,
  at: 0,
  cpuMicros: 0,
  rssBytes: 0,
  heapUsedBytes: 0,
  eventLoop: { p50: 0, p99: 0, max: 0 },
  gcMs: 0,
  connections: 0,
  accepted: 0,
  messagesIn: 0,
  messagesOut: 0,
  counters: {},
});

const exit = (id: number, pid: number) => ({
  role: 'worker',
  id,
  pid,
  at: '2026-01-01T00:00:00.000Z',
  code: 1,
  signal: null,
});

test('StateBook keeps the latest snapshot of each process', () => {
  const book = new StateBook();
  book.note(snapshot('worker', 0, 10));
  book.note(snapshot('broker', 0, 20));
  book.note(snapshot('worker', 0, 11));
  expect(book.snapshots.map(({ role, pid }) => [role, pid])).toEqual([
    ['worker', 11],
    ['broker', 20],
  ]);
});

test('StateBook drops the snapshot of a process that ended', () => {
  const book = new StateBook();
  book.note(snapshot('worker', 0, 10));
  book.note(snapshot('worker', 1, 11));
  book.forget('worker', 0, 10);
  book.forget('worker', 1, 10); // of a process that was replaced by 11
  expect(book.snapshots.map(({ id }) => id)).toEqual([1]);
});

test('StateBook keeps the last hundred restarts, newest last', () => {
  const book = new StateBook();
  for (let pid = 0; pid < 150; pid += 1) {
    book.noteRestart(exit(0, pid));
  }
  expect(book.restarts).toHaveLength(100);
  expect(book.restarts.at(0)?.pid).toBe(50);
  expect(book.restarts.at(-1)?.pid).toBe(149);
});

test('StateBook gives lists that are not its own', () => {
  const book = new StateBook();
  book.restarts.push(exit(0, 1));
  expect(book.restarts).toEqual([]);
});

test('StateBook tells how old a snapshot is', () => {
  vi.useFakeTimers();
  const book = new StateBook();
  book.note(snapshot('worker', 0, 10));
  vi.advanceTimersByTime(4_000);
  expect(book.snapshots).toMatchObject([{ pid: 10, ageMs: 4_000 }]);
  vi.useRealTimers();
});
