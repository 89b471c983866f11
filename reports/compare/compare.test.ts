import { expect, test } from 'vitest';
import { toRun } from '../../loadgen/results/index.ts';
import { syntheticRun } from '../../loadgen/testing.ts';
import { compareRuns } from './compare.ts';
import { formatComparison } from './words.ts';

const base = toRun(syntheticRun({ users: 600, workers: 2, seconds: 60 }));
const slower = structuredClone(base);
for (const { probe } of slower.timeline) for (const each of probe?.processes ?? []) each.cpuCores *= 1.5;
slower.summary.target.cpuCores = (base.summary.target.cpuCores ?? 0) * 1.5;
slower.summary.target.cpuMicrosPerMessage = (base.summary.target.cpuMicrosPerMessage ?? 0) * 1.5;
slower.summary.messages.lost = 3;

const runs = [base, slower, base].map((run, index) => ({ run, source: `run-${index}` }));

function rowOf(name: string) {
  const row = compareRuns(runs).rows.find(({ subject }) => subject.name === name);
  if (row === undefined) throw new Error(`no row ${name}`);
  return row;
}

test('compareRuns() finds half as much again of CPU, with an interval that leaves no room for chance', () => {
  const [worse, same] = rowOf('Server CPU').others;
  expect(worse).toMatchObject({ outcome: 'worse' });
  expect(worse?.change).toBeCloseTo(0.5);
  expect(worse?.interval?.low).toBeGreaterThan(0.3);
  expect(worse?.interval?.high).toBeLessThan(0.7);
  expect(same).toMatchObject({ outcome: 'same', change: 0 });
});

test('compareRuns() takes a lost message for worse without any interval', () => {
  expect(rowOf('Messages lost or late').others[0]).toEqual({ value: 3, change: null, outcome: 'worse' });
});

test('compareRuns() leaves out what no run has measured', () => {
  expect(compareRuns(runs).rows.map(({ subject }) => subject.name)).not.toContain('Push p99');
});

test('compareRuns() sets no time to connect beside one that was counted from another moment', () => {
  const timed = (connected: boolean, isNew: boolean) => {
    const run = structuredClone(base);
    const { latencyMs, generator } = run.summary;
    if (connected && latencyMs.response !== undefined) latencyMs.connect = latencyMs.response;
    if (isNew) generator.arrivals = { errorMs: 1 };
    return { run, source: 'run' };
  };
  const outcomes = (first: boolean, others: boolean[]) => {
    const rows = compareRuns([first, ...others].map((isNew) => timed(true, isNew))).rows;
    return rows.find(({ subject }) => subject.name === 'Connect p99')?.others;
  };
  const incomparable = { value: null, change: null, outcome: 'incomparable' };
  expect(outcomes(false, [true, false])).toEqual([
    incomparable,
    expect.objectContaining({ outcome: 'same' }),
  ]);
  expect(outcomes(true, [false, true])).toEqual([incomparable, expect.objectContaining({ outcome: 'same' })]);
});

test('compareRuns() keeps the figures of the summaries', () => {
  expect(rowOf('Response p99').reference).toBe(base.summary.latencyMs.response?.p99);
  expect(rowOf('Response p99').others.map(({ value }) => value)).toEqual([
    slower.summary.latencyMs.response?.p99,
    base.summary.latencyMs.response?.p99,
  ]);
});

test('formatComparison() names every run and what its intervals are', () => {
  const text = formatComparison(compareRuns(runs));
  expect(text).toMatch(/^A {2}run-0 .*\nB {2}run-1 .*\nC {2}run-2 /);
  expect(text).toMatch(/Server CPU, cores +[\d.]+ +[\d.]+ +\+50\.0 % \(\+\d.*\) +▼ worse/);
  expect(text).toContain('bootstrap over blocks of 10 seconds');
});
