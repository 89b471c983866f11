import { expect, test } from 'vitest';
import { Measure } from './measure.ts';
import type { Window, WorkerWindow } from './record/index.ts';
import {
  addCounts,
  COORDINATOR_ID,
  compareNames,
  countLoad,
  countWindow,
  emptySecond,
  megabytes,
  sumCounters,
  timeSecond,
  total,
} from './second.ts';

const NONE = { answered: 0, timedOut: 0, lost: 0, duplicated: 0, reordered: 0, pushed: 0 };
const load = { pid: 1, cpuMicros: 0, rssBytes: 0, loopUtilisation: 0, gcMs: 0 };
const worker = (name: string, open: number, sent: number): WorkerWindow => ({
  worker: name,
  open,
  sent,
  ...NONE,
  answered: sent,
});
const users = { started: 5, open: 4, failed: { refused: 1 }, dropped: {} };

function windowOf(process: number, workers: WorkerWindow[], changes: Partial<Window> = {}): Window {
  return { type: 'window', process, second: 0, users, unsent: 0, workers, load, ...changes };
}

test('countWindow() adds counters per worker, over processes and in all', () => {
  const second = emptySecond(0, 'ramp', undefined);
  countWindow(second, windowOf(0, [worker('10', 1, 2), worker('2', 3, 4)], { unsent: 1, published: 2 }));
  const back = { ...users, failed: { refused: 2, reset: 1 }, dropped: { reset: 1 }, left: 3, returned: 2 };
  countWindow(
    second,
    windowOf(1, [{ ...worker('2', 5, 6), pushLost: 7, errors: 8 }], { unsent: 2, users: back }),
  );
  expect(second).toMatchObject({
    users: { started: 10, open: 8, failed: 4, dropped: 1, left: 3, returned: 2 },
    sent: 12,
    answered: 12,
    unsent: 3,
    published: 2,
    pushLost: 7,
    errors: 8,
  });
  expect(second.workers.map(({ worker: name, open, sent, errors }) => [name, open, sent, errors])).toEqual([
    ['2', 8, 10, 8],
    ['10', 1, 2, 0],
  ]);
});

test('emptySecond() remembers what failed before it, in counts of its own', () => {
  const before = emptySecond(0, 'ramp', undefined);
  addCounts(before.failedSoFar, { refused: 2 });
  const second = emptySecond(1, 'ramp', before);
  addCounts(second.failedSoFar, { refused: 1 });
  expect([before.failedSoFar, second.failedSoFar]).toEqual([{ refused: 2 }, { refused: 3 }]);
});

test('countLoad() sums the generator up in one order, whoever tells first', () => {
  const one = (id: number) => ({
    id,
    pid: id,
    cpuCores: 0.1 * (id + 2),
    rssMB: 10,
    loopUtilisation: id / 10,
    gcMsPerSecond: 0,
    waitMsPerSecond: 0,
    throttledMsPerSecond: 0,
    users: 0,
  });
  const generators = [
    [1, COORDINATOR_ID, 0],
    [0, 1, COORDINATOR_ID],
  ].map((order) => {
    const second = emptySecond(0, 'ramp', undefined);
    for (const id of order) countLoad(second, one(id));
    return second.generator;
  });
  expect(generators[0]).toEqual(generators[1]);
  expect(generators[0]?.processes.map(({ id }) => id)).toEqual([0, 1, COORDINATOR_ID]);
  expect(generators[0]).toMatchObject({ rssMB: 30, loopUtilisation: 0.1 });
});

test('timeSecond() leaves out what was not timed', () => {
  const second = emptySecond(0, 'ramp', undefined);
  timeSecond(second, new Measure());
  for (const name of ['response', 'push', 'recovery', 'fanout']) expect(second).not.toHaveProperty(name);
});

test('sumCounters() adds every counter', () => {
  const zero = sumCounters([]);
  const names = Object.keys(zero) as (keyof typeof zero)[];
  const one = { ...zero };
  names.forEach((name, index) => {
    one[name] = index + 1;
  });
  const both = sumCounters([one, one]);
  expect(names.map((name) => both[name])).toEqual(names.map((_, index) => 2 * (index + 1)));
});

test('addCounts() adds by name, total() over names', () => {
  const counts = { refused: 1 };
  addCounts(counts, { refused: 2, reset: 3 });
  expect(counts).toEqual({ refused: 3, reset: 3 });
  expect([total(counts), total({})]).toEqual([6, 0]);
});

test('compareNames() sorts the names of workers by number', () => {
  expect(['10', '2', '-', '1'].sort(compareNames)).toEqual(['-', '1', '2', '10']);
});

test('megabytes() counts a million bytes', () => {
  expect(megabytes(2_500_000)).toBe(2.5);
});
