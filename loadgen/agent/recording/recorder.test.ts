import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeHistogram } from '../../results/index.ts';
import { Recorder } from './recorder.ts';

const load = { pid: 1, cpuMicros: 2, rssBytes: 3, loopUtilisation: 0.5, gcMs: 0 };
const create = (): Recorder => new Recorder(4, () => load);

test('Recorder.cut() tells what happened in one second and what holds at its end', () => {
  const recorder = create();
  const [one, two] = [recorder.worker('1'), recorder.worker('2')];
  for (let user = 0; user < 4; user += 1) recorder.started();
  recorder.opened(one, 0.002);
  recorder.opened(two, 0.002);
  recorder.failed('refused');
  recorder.dropped(two, 'close-4001');
  recorder.sent(one, 0.001);
  recorder.unsent(2);
  const window = recorder.cut(7);
  expect(window).toMatchObject({ type: 'window', process: 4, second: 7, unsent: 2, load });
  expect(window.users).toEqual({
    started: 4,
    open: 1,
    failed: { refused: 1 },
    dropped: { 'close-4001': 1 },
    left: 0,
    returned: 0,
  });
  expect(window.workers.map(({ worker, open, sent }) => [worker, open, sent])).toEqual([
    ['1', 1, 1],
    ['2', 0, 0],
  ]);
  const next = recorder.cut(8);
  expect(next.users).toEqual({ started: 4, open: 1, failed: {}, dropped: {}, left: 0, returned: 0 });
  expect(next.unsent).toBe(0);
  expect(next.lateness).toBeUndefined();
});

test('Recorder counts publications in the totals and in no worker, but times their lateness', () => {
  const recorder = create();
  recorder.published('news', 0.003);
  const { lateness = '', workers } = recorder.cut(0);
  expect(decodeHistogram(lateness).count).toBe(1);
  expect(workers).toEqual([]);
  expect(recorder.totals(0)).toMatchObject({ published: 1, sent: 0 });
});

test('Recorder tells how many publications nobody can have heard: of none that had asked for the channel by then', () => {
  const recorder = create();
  recorder.published('news');
  recorder.audience.ask('news');
  for (const channel of ['news', 'other', 'other']) recorder.published(channel);
  expect(recorder.totals(0)).toMatchObject({ published: 4, publishedUnasked: 3 });
});

test('Recorder counts users that leave and come back, spreads and what behaviours throw, once each', () => {
  const recorder = create();
  const worker = recorder.worker('1');
  recorder.opened(worker, 0.1);
  recorder.left(worker);
  recorder.returned();
  recorder.spread({ first: 0.1, median: 0.2, last: 0.3 });
  recorder.thrown('TypeError');
  for (const group of ['a', 'b', 'a']) recorder.visit(group, 'begun');
  recorder.visit('b', 'threw');
  const window = recorder.cut(0);
  expect(window.users).toMatchObject({ open: 0, left: 1, returned: 1 });
  expect(window.thrown).toEqual({ TypeError: 1 });
  expect(window.visits).toEqual([
    { group: 'a', begun: 2, threw: 0 },
    { group: 'b', begun: 1, threw: 1 },
  ]);
  expect(decodeHistogram(window.fanout?.median ?? '').max).toBeCloseTo(200_000, -3);
  const next = recorder.cut(1);
  expect(next.users).toMatchObject({ left: 0, returned: 0 });
  expect([next.fanout, next.thrown, next.visits]).toEqual([undefined, undefined, undefined]);
  expect(recorder.totals(0)).toMatchObject({ connected: 1, left: 1 });
});

test('Recorder keeps how late its process looked up apart from how late it sent', () => {
  const recorder = create();
  for (const delay of [0.002, 0.003]) recorder.looked(delay);
  recorder.sent(recorder.worker('1'), 0.001);
  recorder.sent(recorder.worker('1'));
  const { loopDelay = '', lateness = '', workers } = recorder.cut(0);
  expect([decodeHistogram(loopDelay).count, decodeHistogram(lateness).count]).toEqual([2, 1]);
  expect(decodeHistogram(loopDelay).max).toBeCloseTo(3_000, -1);
  expect(workers).toMatchObject([{ sent: 2 }]);
});

test('Recorder tells how late connections began, and the roughest way in which its process slept, by the second', () => {
  const recorder = create();
  recorder.arrived(0.004);
  for (const resolutionMs of [0.25, 1, 0.25]) recorder.slept(resolutionMs);
  const { arrival = '', resolutionMs, lateness } = recorder.cut(0);
  expect([decodeHistogram(arrival).count, resolutionMs, lateness]).toEqual([1, 1, undefined]);
  recorder.slept(0.25);
  expect(recorder.cut(1)).toMatchObject({ resolutionMs: 0.25 });
  expect(Object.keys(recorder.cut(2))).not.toContain('resolutionMs');
});

test('Recorder.worker() finds the same record by the same name', () => {
  const recorder = create();
  expect(recorder.worker('__proto__')).toBe(recorder.worker('__proto__'));
  expect(recorder.worker('1')).not.toBe(recorder.worker('2'));
});

test('Recorder.totals() is the sum of all windows, wherever they are cut', () => {
  const names = ['answered', 'timedOut', 'lost', 'pushed', 'pushLost', 'pushReordered', 'cut'] as const;
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...names), fc.nat(2)), { maxLength: 60 }), (events) => {
      const recorder = create();
      const sums = { answered: 0, timedOut: 0, lost: 0, pushed: 0, pushLost: 0, pushReordered: 0 };
      const windows = events.flatMap(([name, worker], second) => {
        if (name === 'cut') return [recorder.cut(second)];
        recorder.worker(`${worker}`).counts[name] += 1;
        return [];
      });
      for (const worker of [...windows, recorder.cut(events.length)].flatMap((window) => window.workers)) {
        for (const name of names) if (name !== 'cut') sums[name] += worker[name] ?? 0;
      }
      expect(recorder.totals(9)).toMatchObject({ ...sums, inFlight: 9 });
    }),
  );
});

test('Recorder.worker() tells so many workers apart, and takes all others for one without a name', () => {
  const recorder = create();
  for (let name = 0; name < 10_000; name += 1) recorder.opened(recorder.worker(`w${name}`), 0.001);
  const { workers } = recorder.cut(0);
  expect(workers).toHaveLength(257);
  expect(workers.find(({ worker }) => worker === '-')?.open).toBe(10_000 - 256);
  expect(recorder.worker('w3')).not.toBe(recorder.worker('-'));
});
