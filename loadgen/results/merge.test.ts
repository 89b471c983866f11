import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHistogram, decodeHistogram } from './histogram.ts';
import {
  addCounts,
  addDistributions,
  compareNames,
  type Distributions,
  mergeWindows,
  quantilesOf,
  sumCounters,
} from './merge.ts';
import type { Window, WorkerWindow } from './run-record.ts';

const NONE = { answered: 0, timedOut: 0, lost: 0, duplicated: 0, reordered: 0, pushed: 0 };

function encoded(values: readonly number[]): string {
  const histogram = createHistogram();
  for (const value of values) histogram.record(value);
  const text = histogram.encode();
  histogram.destroy();
  return text;
}

function windowOf(process: number, workers: WorkerWindow[], changes: Partial<Window> = {}): Window {
  const open = workers.reduce((sum, worker) => sum + worker.open, 0);
  const load = { pid: process, cpuMicros: 0, rssBytes: 0, loopUtilisation: 0, gcMs: 0 };
  const users = { started: open, open, failed: {}, dropped: {} };
  return { type: 'window', process, second: 0, users, unsent: 0, workers, load, ...changes };
}

test('mergeWindows() gives the buckets one recorder of all samples would have', () => {
  const sample = fc.record({
    process: fc.nat(3),
    worker: fc.constantFrom('0', '1', '10'),
    kind: fc.constantFrom('response', 'service', 'push', 'connect'),
    micros: fc.integer({ min: 0, max: 120_000_000 }),
  });
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 120 }), (samples) => {
      const values = (matches: (one: (typeof samples)[number]) => boolean) =>
        samples.filter(matches).map(({ micros }) => micros);
      const windows = [0, 1, 2, 3].map((process) => {
        const names = [
          ...new Set(samples.filter((one) => one.process === process).map(({ worker }) => worker)),
        ];
        const workers = names.map((worker) => {
          const part: WorkerWindow = { worker, open: 1, sent: 1, ...NONE };
          for (const kind of ['response', 'service', 'push', 'connect'] as const) {
            const own = values(
              (one) => one.process === process && one.worker === worker && one.kind === kind,
            );
            if (own.length > 0) part[kind] = encoded(own);
          }
          return part;
        });
        return windowOf(process, workers);
      });
      const merged = mergeWindows(windows);
      for (const kind of ['response', 'service', 'push', 'connect'] as const) {
        const all = values((one) => one.kind === kind);
        expect(merged.times[kind]?.encode()).toBe(all.length > 0 ? encoded(all) : undefined);
        for (const { worker, times } of merged.workers) {
          const own = values((one) => one.kind === kind && one.worker === worker);
          expect(times[kind]?.encode()).toBe(own.length > 0 ? encoded(own) : undefined);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('mergeWindows() adds counters per worker, over processes and in all', () => {
  const worker = (name: string, open: number, sent: number): WorkerWindow => ({
    worker: name,
    open,
    sent,
    ...NONE,
    answered: sent,
  });
  const merged = mergeWindows([
    windowOf(0, [worker('10', 1, 2), worker('2', 3, 4)], {
      unsent: 1,
      users: { started: 5, open: 4, failed: { refused: 1 }, dropped: {} },
    }),
    windowOf(1, [worker('2', 5, 6)], {
      unsent: 2,
      users: { started: 5, open: 5, failed: { refused: 2, reset: 1 }, dropped: { 'close-4001': 1 } },
    }),
  ]);
  expect(merged).toMatchObject({
    started: 10,
    open: 9,
    sent: 12,
    answered: 12,
    unsent: 3,
    failed: { refused: 3, reset: 1 },
    dropped: { 'close-4001': 1 },
  });
  expect(merged.workers.map(({ worker: name, open, sent }) => [name, open, sent])).toEqual([
    ['2', 8, 10],
    ['10', 1, 2],
  ]);
});

test('mergeWindows() merges the lateness of processes', () => {
  const merged = mergeWindows([
    windowOf(0, [], { lateness: encoded([1, 2]) }),
    windowOf(1, [], { lateness: encoded([3]) }),
    windowOf(2, []),
  ]);
  expect(merged.times.lateness?.encode()).toBe(encoded([1, 2, 3]));
});

test('mergeWindows() makes an empty second out of no windows', () => {
  expect(mergeWindows([])).toMatchObject({ open: 0, sent: 0, workers: [], times: {} });
});

test('addDistributions() never changes what it takes from', () => {
  const one: Distributions = { response: decodeHistogram(encoded([1])) };
  const into: Distributions = {};
  addDistributions(into, one);
  addDistributions(into, { response: decodeHistogram(encoded([2])) });
  expect(into.response?.count).toBe(2);
  expect(one.response?.count).toBe(1);
});

test('addCounts() adds by name', () => {
  const counts = { refused: 1 };
  addCounts(counts, { refused: 2, reset: 3 });
  expect(counts).toEqual({ refused: 3, reset: 3 });
});

test('sumCounters() adds every counter', () => {
  const one = { sent: 1, answered: 2, timedOut: 3, lost: 4, duplicated: 5, reordered: 6, pushed: 7 };
  expect(sumCounters([one, one])).toEqual({
    sent: 2,
    answered: 4,
    timedOut: 6,
    lost: 8,
    duplicated: 10,
    reordered: 12,
    pushed: 14,
  });
});

test('compareNames() sorts the names of workers by number', () => {
  expect(['10', '2', '-', '1'].sort(compareNames)).toEqual(['-', '1', '2', '10']);
});

test('quantilesOf() turns microseconds into milliseconds, and none into zeros', () => {
  const values = Array.from({ length: 1_000 }, (_, n) => n + 1);
  const { mean, ...rest } = quantilesOf(decodeHistogram(encoded(values)));
  expect(rest).toEqual({ p50: 0.5, p90: 0.9, p99: 0.99, p999: 0.999, max: 1 });
  expect(mean).toBeCloseTo(0.5005);
  expect(quantilesOf(undefined)).toEqual({ p50: 0, p90: 0, p99: 0, p999: 0, max: 0, mean: 0 });
});
