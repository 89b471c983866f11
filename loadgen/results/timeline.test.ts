import { expect, test } from 'vitest';
import { syntheticRun } from '../testing.ts';
import { decodeHistogram } from './histogram.ts';
import type { Phase, Probe, Window } from './record/index.ts';
import { COORDINATOR_ID, HTTP_ID } from './second.ts';
import { isMeasured, phaseIndex, Timeline } from './timeline.ts';

const phases: Phase[] = [
  { name: 'ramp', start: 0, end: 2 },
  { name: 'settle', start: 2, end: 3 },
  { name: 'steady', start: 3, end: 5 },
  { name: 'drain', start: 5, end: 6 },
];

function windowOf(second: number, changes: Partial<Window> = {}): Window {
  const load = {
    pid: 7,
    cpuMicros: 100_000 * (second + 1),
    rssBytes: 5_000_000,
    loopUtilisation: 0.1,
    gcMs: 2,
  };
  const users = { started: 3, open: 3, failed: {}, dropped: {} };
  return { type: 'window', process: 0, second, users, unsent: 0, workers: [], load, ...changes };
}

const probe: Probe = {
  type: 'probe',
  second: 1,
  processes: [],
  coordinator: { pid: 9, cpuCores: 0.25, rssBytes: 3_000_000 },
  host: { stealPercent: 0, busyPercent: 0, memoryFreeBytes: 0 },
};

/** A window of the record that has answers in it. */
const answered = syntheticRun({ users: 100, workers: 1, seconds: 1 }).find(
  (line) => line.type === 'window' && line.second === 15,
) as Window;
const { count } = decodeHistogram(answered.workers[0]?.response ?? '');

test.each([
  [0, 0],
  [1, 0],
  [2, 1],
  [3, 2],
  [4, 2],
  [5, 3],
  [99, 3],
])('phaseIndex() puts second %i into phase %i', (second, index) => {
  expect(phaseIndex(phases, second)).toBe(index);
});

test('isMeasured() believes the phase, and one of version 1 by its name', () => {
  expect(phases.map(isMeasured)).toEqual([false, false, true, false]);
  expect(isMeasured({ name: 'steady', start: 0, end: 1, measured: false })).toBe(false);
  expect(isMeasured({ name: 'peak', start: 0, end: 1, measured: true })).toBe(true);
});

test('Timeline counts a lost publication in the second in which it should have come', () => {
  const timeline = new Timeline(phases);
  const none = { sent: 0, answered: 0, timedOut: 0, lost: 0, duplicated: 0, reordered: 0, pushed: 0 };
  const worker = { worker: '1', open: 1, ...none };
  for (const second of [2, 3, 4]) timeline.add(windowOf(second, { workers: [worker] }));
  // Of 6 lost two were meant for a second that is not in the record, or for nobody knows which.
  const pushLostOf = { '2': 1, '3': 3, '77': 1 };
  timeline.add(windowOf(5, { workers: [{ ...worker, pushLost: 6, pushLostOf }] }));
  expect(timeline.seconds.map(({ second, pushLost }) => [second, pushLost])).toEqual([
    [2, 1],
    [3, 3],
    [4, 0],
    [5, 2],
  ]);
  expect(timeline.seconds.map(({ workers }) => workers[0]?.pushLost)).toEqual([1, 3, 0, 2]);
});

test('Timeline keeps what failed and dropped, in the second and so far', () => {
  const timeline = new Timeline(phases);
  const users = { started: 3, open: 1, failed: { refused: 1 }, dropped: { reset: 1 } };
  timeline.add(windowOf(0, { users }));
  timeline.add(windowOf(1, { users: { ...users, failed: { refused: 1, timeout: 1 }, dropped: {} } }));
  const [first, second] = timeline.seconds;
  expect(first?.users).toMatchObject({ started: 3, open: 1, failed: 1, dropped: 1 });
  expect(second?.users).toMatchObject({ started: 3, open: 1, failed: 2, dropped: 0 });
  expect(first?.failedSoFar).toEqual({ refused: 1 });
  expect(second?.failedSoFar).toEqual({ refused: 2, timeout: 1 });
  expect(second?.droppedSoFar).toEqual({ reset: 1 });
});

test('Timeline counts a window that comes after its second was settled, there and in all seconds since', () => {
  const timeline = new Timeline(phases);
  const users = { started: 3, open: 1, failed: { refused: 1 }, dropped: {} };
  for (const second of [2, 3, 4]) timeline.add(windowOf(second));
  timeline.settle(4);
  timeline.add({ ...answered, process: 1, second: 3, users });
  expect(timeline.seconds.map(({ failedSoFar }) => failedSoFar)).toEqual([
    {},
    { refused: 1 },
    { refused: 1 },
  ]);
  expect(timeline.seconds[1]).toMatchObject({
    sent: answered.workers[0]?.sent,
    users: { failed: 1, open: 4 },
  });
  expect(timeline.measured(2).times.response?.count).toBe(count);
});

test('Timeline puts a second that was skipped between its neighbours', () => {
  const timeline = new Timeline(phases);
  for (const second of [0, 4, 2]) timeline.add(windowOf(second));
  expect(timeline.seconds.map(({ second, phase }) => [second, phase])).toEqual([
    [0, 'ramp'],
    [2, 'settle'],
    [4, 'steady'],
  ]);
});

test('Timeline takes CPU from the growth since the last window of the process, also over silent seconds', () => {
  const timeline = new Timeline(phases);
  for (const second of [0, 1, 4]) timeline.add(windowOf(second));
  expect(timeline.seconds.map(({ generator }) => generator.processes[0]?.cpuCores)).toEqual([
    0,
    0.1,
    expect.closeTo(0.1),
  ]);
});

test('Timeline counts the coordinator as part of the generator, the last of it', () => {
  const timeline = new Timeline(phases);
  timeline.add(windowOf(0));
  timeline.add(probe);
  timeline.add(windowOf(1));
  const generator = timeline.settle(1)?.generator;
  expect(generator).toMatchObject({ cpuCores: 0.35, rssMB: 8, loopUtilisation: 0.1 });
  expect(generator?.processes.map(({ id }) => id)).toEqual([0, COORDINATOR_ID]);
});

test('Timeline counts the process for HTTP requests as part of the generator, before the coordinator', () => {
  const timeline = new Timeline(phases);
  timeline.add(windowOf(1));
  timeline.add({ ...probe, http: { pid: 11, cpuCores: 0.5, rssBytes: 4_000_000 } });
  const generator = timeline.settle(1)?.generator;
  expect(generator).toMatchObject({ cpuCores: 0.75, rssMB: 12 });
  expect(generator?.processes.map(({ id }) => id)).toEqual([0, HTTP_ID, COORDINATOR_ID]);
});

test('Timeline keeps the times of each phase apart', () => {
  const timeline = new Timeline(phases);
  for (const second of [0, 3, 4, 5]) timeline.add({ ...answered, second });
  expect(timeline.measured(2).times.response).toBeUndefined();
  timeline.settle(5);
  const counts = phases.map((_, phase) => timeline.measured(phase).times.response?.count);
  expect(counts).toEqual([count, undefined, 2 * count, count]);
  expect(timeline.measured(2).byWorker.get('0')?.response?.count).toBe(2 * count);
});

test('Timeline settles what it was told of, and nothing of a second nobody told of', () => {
  const timeline = new Timeline(phases);
  timeline.add({ ...answered, second: 1 });
  expect(timeline.seconds[0]).not.toHaveProperty('response');
  expect(timeline.settle(0)).toBeUndefined();
  expect(timeline.settle(1)?.response?.count).toBe(count);
});

test('Timeline leaves out latencies of seconds in which nothing was timed', () => {
  const timeline = new Timeline(phases);
  timeline.add(probe);
  const second = timeline.settle(1);
  expect(second).not.toHaveProperty('response');
  expect(second).toMatchObject({ second: 1, phase: 'ramp', sent: 0, workers: [], probe });
});

test('Timeline makes plain data that survives JSON', () => {
  const [header, ...lines] = syntheticRun({ users: 60, workers: 2, seconds: 1 });
  const timeline = new Timeline(header?.type === 'header' ? header.phases : []);
  for (const line of lines) if (line.type === 'window') timeline.add(line);
  timeline.settle(99);
  expect(JSON.parse(JSON.stringify(timeline.seconds))).toEqual(timeline.seconds);
});
