import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHistogram, decodeHistogram } from './histogram.ts';
import { eachTimed, longestLoopDelay, loopDelayOf, Measure, quantilesOf } from './measure.ts';
import type { Window, WorkerWindow } from './record/index.ts';

const KINDS = ['response', 'service', 'push', 'connect', 'recovery'] as const;
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

function measured(windows: readonly Window[]): Measure {
  const measure = new Measure();
  for (const window of windows) measure.addWindow(window);
  return measure;
}

test('Measure gives the buckets one recorder of all samples would have', () => {
  const sample = fc.record({
    process: fc.nat(3),
    worker: fc.constantFrom('0', '1', '10'),
    kind: fc.constantFrom(...KINDS),
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
          for (const kind of KINDS) {
            const own = values(
              (one) => one.process === process && one.worker === worker && one.kind === kind,
            );
            if (own.length > 0) part[kind] = encoded(own);
          }
          return part;
        });
        return windowOf(process, workers);
      });
      const merged = measured(windows);
      for (const kind of KINDS) {
        const all = values((one) => one.kind === kind);
        expect(merged.times[kind]?.encode()).toBe(all.length > 0 ? encoded(all) : undefined);
        for (const [worker, times] of merged.byWorker) {
          const own = values((one) => one.kind === kind && one.worker === worker);
          expect(times[kind]?.encode()).toBe(own.length > 0 ? encoded(own) : undefined);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('Measure merges lateness, arrivals and fan-out of processes', () => {
  const fanout = (micros: number) => ({
    first: encoded([micros]),
    median: encoded([2 * micros]),
    last: encoded([3 * micros]),
  });
  const { times } = measured([
    windowOf(0, [], { lateness: encoded([1, 2]), arrival: encoded([4]), fanout: fanout(10) }),
    windowOf(1, [], { lateness: encoded([3]), arrival: encoded([5]), fanout: fanout(20) }),
    windowOf(2, []),
  ]);
  expect(times.lateness?.encode()).toBe(encoded([1, 2, 3]));
  expect(times.arrival?.encode()).toBe(encoded([4, 5]));
  expect(times.first?.encode()).toBe(encoded([10, 20]));
  expect(times.last?.encode()).toBe(encoded([30, 60]));
});

test('Measure keeps apart how late each process looked, and adds up what it tells in several seconds', () => {
  const measure = measured([
    windowOf(0, [], { loopDelay: encoded([1, 2]) }),
    windowOf(1, [], { loopDelay: encoded([500]) }),
    windowOf(0, [], { loopDelay: encoded([3]) }),
    windowOf(2, []),
  ]);
  const more = new Measure();
  more.add(measure);
  more.add(measured([windowOf(1, [], { loopDelay: encoded([600]) })]));
  const kept = (one: Measure) => [...one.loopDelays].map(([process, { count }]) => [process, count]);
  expect(kept(measure)).toEqual([
    [0, 3],
    [1, 1],
  ]);
  expect(kept(more)).toEqual([
    [0, 3],
    [1, 2],
  ]);
});

test('longestLoopDelay() takes each figure from the process in which it was longest', () => {
  const steady = encoded(Array.from({ length: 1_000 }, () => 900));
  const once = encoded(Array.from({ length: 1_000 }, (_, n) => (n === 0 ? 7_000 : 100)));
  const measure = measured([windowOf(0, [], { loopDelay: steady }), windowOf(1, [], { loopDelay: once })]);
  expect(longestLoopDelay(measure)).toEqual({ p99: 0.9, p995: 0.9, p999: 0.9, max: expect.closeTo(7, 1) });
  expect(longestLoopDelay(measured([]))).toBeUndefined();
});

test.each([
  [200, 2, 0],
  [200, 5, 50],
  [620, 6, 0],
  [620, 7, 50],
  [100_000, 540, 0],
  [100_000, 560, 50],
])(
  'loopDelayOf() of %i looks takes %i late ones for %i ms, as chance puts some into what is seldom',
  (looks, late, ms) => {
    const all = decodeHistogram(encoded(Array.from({ length: looks }, (_, n) => (n < late ? 50_000 : 0))));
    const { p995, max } = loopDelayOf(all);
    expect([Math.round(p995), Math.round(max)]).toEqual([ms, 50]);
  },
);

test('Measure is empty without windows', () => {
  expect(measured([])).toMatchObject({ times: {}, byWorker: new Map() });
});

test('Measure never changes what is added to it, and keeps of its workers what is reported of them', () => {
  const part: WorkerWindow = { worker: '0', open: 1, sent: 1, ...NONE };
  const one = measured([windowOf(0, [{ ...part, response: encoded([1]), service: encoded([1]) }])]);
  const into = new Measure();
  into.add(one);
  into.add(measured([windowOf(0, [{ ...part, response: encoded([2]) }])]));
  expect(into.times.response?.count).toBe(2);
  expect(into.times.service?.count).toBe(1);
  expect(into.byWorker.get('0')).toEqual({ response: expect.objectContaining({ count: 2 }) });
  expect(one.times.response?.count).toBe(1);
});

test('quantilesOf() turns microseconds into milliseconds, and nothing into no figures', () => {
  const values = Array.from({ length: 1_000 }, (_, n) => n + 1);
  const { mean, ...rest } = quantilesOf(decodeHistogram(encoded(values)))!;
  expect(rest).toEqual({ p50: 0.5, p90: 0.9, p99: 0.99, p999: 0.999, max: 1 });
  expect(mean).toBeCloseTo(0.5005);
  expect(quantilesOf(undefined)).toBeUndefined();
  expect(quantilesOf(decodeHistogram(encoded([])))).toBeUndefined();
});

test('eachTimed() leaves out what was never timed', () => {
  const times = { response: decodeHistogram(encoded([1_000, 1_000])), push: decodeHistogram(encoded([])) };
  const counts = eachTimed(times, ['response', 'push', 'connect'], ({ p50 }, count) => [p50, count]);
  expect(counts).toEqual({ response: [1, 2] });
});

test('Measure keeps the lateness of each host apart, and adds that up too', () => {
  const [one, other] = [new Measure(), new Measure()];
  one.addWindow(windowOf(0, [], { lateness: encoded([1_000]) }), 'a');
  one.addWindow(windowOf(1, [], { lateness: encoded([9_000]) }));
  other.addWindow(windowOf(0, [], { lateness: encoded([1_000, 1_000]) }), 'a');
  other.addWindow(windowOf(2, []), 'b');
  one.add(other);
  expect([...one.lateness].map(([name, { count }]) => [name, count])).toEqual([['a', 3]]);
  expect(one.times.lateness?.count).toBe(4);
});
