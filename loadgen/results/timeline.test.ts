import { expect, test } from 'vitest';
import { syntheticRun } from '../testing.ts';
import { decodeHistogram } from './histogram.ts';
import type { Phase, Probe, Window } from './run-record.ts';
import { COORDINATOR_ID, megabytes, phaseAt, Timeline, total } from './timeline.ts';

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

const alone = (second: number, changes: Partial<Window> = {}) => ({
  windows: [windowOf(second, changes)],
  probe: null,
});

const probe: Probe = {
  type: 'probe',
  second: 1,
  processes: [],
  coordinator: { pid: 9, cpuCores: 0.25, rssBytes: 3_000_000 },
  host: { stealPercent: 0, busyPercent: 0, memoryFreeBytes: 0 },
};

test.each([
  [0, 'ramp'],
  [1, 'ramp'],
  [2, 'settle'],
  [3, 'steady'],
  [4, 'steady'],
  [5, 'drain'],
  [99, 'drain'],
])('phaseAt() puts second %i into %s', (second, name) => {
  expect(phaseAt(phases, second)).toBe(name);
});

test('Timeline keeps what failed and dropped, in the second and so far', () => {
  const timeline = new Timeline(phases);
  const users = { started: 3, open: 1, failed: { refused: 1 }, dropped: { reset: 1 } };
  const first = timeline.push(0, alone(0, { users }));
  const second = timeline.push(
    1,
    alone(1, { users: { ...users, failed: { refused: 1, timeout: 1 }, dropped: {} } }),
  );
  expect(first.users).toEqual({ started: 3, open: 1, failed: 1, dropped: 1 });
  expect(second.users).toEqual({ started: 3, open: 1, failed: 2, dropped: 0 });
  expect(first.failedSoFar).toEqual({ refused: 1 });
  expect(second.failedSoFar).toEqual({ refused: 2, timeout: 1 });
  expect(second.droppedSoFar).toEqual({ reset: 1 });
});

test('Timeline takes CPU from the growth since the last window of the process, also over silent seconds', () => {
  const timeline = new Timeline(phases);
  const cores = [0, 1, 4].map(
    (second) => timeline.push(second, alone(second)).generator.processes[0]?.cpuCores,
  );
  expect(cores).toEqual([0, 0.1, expect.closeTo(0.1)]);
});

test('Timeline counts the coordinator as part of the generator', () => {
  const timeline = new Timeline(phases);
  timeline.push(0, alone(0));
  const { generator } = timeline.push(1, { windows: [windowOf(1)], probe });
  expect(generator).toMatchObject({ cpuCores: 0.35, rssMB: 8, loopUtilisation: 0.1 });
  expect(generator.processes.map(({ id }) => id)).toEqual([0, COORDINATOR_ID]);
});

test('Timeline measures the steady phase alone once there is one', () => {
  const timeline = new Timeline(phases);
  const lines = syntheticRun({ users: 100, workers: 1, seconds: 1 });
  const window = lines.find((line) => line.type === 'window' && line.second === 15) as Window;
  const counts = [0, 3, 4, 5].map((second) => {
    timeline.push(second, { windows: [{ ...window, second }], probe: null });
    return [timeline.measured.isWholeRun, timeline.measured.times.response?.count];
  });
  const { count } = decodeHistogram(window.workers[0]?.response ?? '');
  expect(counts).toEqual([
    [true, count],
    [false, count],
    [false, 2 * count],
    [false, 2 * count],
  ]);
  expect(timeline.measured.responseByWorker.get('0')?.response?.count).toBe(2 * count);
});

test('Timeline leaves out latencies of seconds in which nothing was timed', () => {
  const second = new Timeline(phases).push(0, { windows: [], probe });
  expect(second).not.toHaveProperty('response');
  expect(second).toMatchObject({ second: 0, phase: 'ramp', sent: 0, workers: [], probe });
});

test('Timeline makes plain data that survives JSON', () => {
  const [header, ...lines] = syntheticRun({ users: 60, workers: 2, seconds: 1 });
  const timeline = new Timeline(header?.type === 'header' ? header.phases : []);
  for (const line of lines)
    if (line.type === 'window') timeline.push(line.second, { windows: [line], probe: null });
  expect(JSON.parse(JSON.stringify(timeline.seconds))).toEqual(timeline.seconds);
});

test('megabytes() counts a million bytes', () => {
  expect(megabytes(2_500_000)).toBe(2.5);
});

test('total() adds counts by name', () => {
  expect(total({ refused: 2, reset: 3 })).toBe(5);
  expect(total({})).toBe(0);
});
