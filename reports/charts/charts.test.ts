import { expect, test } from 'vitest';
import { healthyRun } from '../testing.ts';
import { buildFigures, runSeconds } from './charts.ts';

function labels(lines: { label: string }[] | undefined): string[] {
  return (lines ?? []).map(({ label }) => label);
}

test('buildFigures() puts the lateness of the generator under the latency it is part of', () => {
  const [latency] = buildFigures(healthyRun()).latency;
  expect(labels(latency?.model.lines)).toEqual(['max', 'p99', 'p50', 'lateness p99']);
  expect(latency?.model.lines.map(({ filled }) => filled)).toEqual([false, false, false, true]);
});

test('buildFigures() draws push latency only when something was pushed', () => {
  const run = healthyRun();
  expect(buildFigures(run).push).toEqual([]);
  for (const second of run.timeline) if (second.response !== undefined) second.push = second.response;
  expect(buildFigures(run).push).toHaveLength(1);
});

test('buildFigures() changes to a logarithmic axis when one stall would flatten the rest', () => {
  const run = healthyRun();
  expect(buildFigures(run).latency[0]?.model.scale).toBe('linear');
  const stalled = run.timeline[20]?.response;
  if (stalled === undefined) throw new Error('the synthetic run has no answers in second 20');
  stalled.max = 2_000;
  expect(buildFigures(run).latency[0]?.model.scale).toBe('logarithmic');
});

test('buildFigures() shows failed users from the second on in which they failed', () => {
  const run = healthyRun();
  expect(labels(buildFigures(run).load[0]?.model.lines)).toEqual(['open', 'begun']);
  for (const second of run.timeline.slice(5)) second.failedSoFar = { refused: 3 };
  const failed = buildFigures(run).load[0]?.model.lines.find(({ label }) => label === 'failed');
  expect(failed?.points.slice(4, 6)).toEqual([
    [4, 0],
    [5, 3],
  ]);
});

test('buildFigures() gives every canvas an id of its own', () => {
  const ids = Object.values(buildFigures(healthyRun()))
    .flat()
    .map(({ model }) => model.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(15);
});

test('buildFigures() leaves out what no probe saw', () => {
  const run = healthyRun();
  for (const second of run.timeline) second.probe = null;
  const { host, workers, brokers } = buildFigures(run);
  expect([host, brokers]).toEqual([[], []]);
  expect(workers.map(({ title }) => title)).toEqual([
    'Connections',
    'Messages per second',
    'Response p50',
    'Response p99',
  ]);
});

test('runSeconds() ends the time axis where the run ended, not where it was to end', () => {
  const run = healthyRun();
  expect(runSeconds(run)).toBe(40);
  expect(runSeconds({ ...run, timeline: run.timeline.slice(0, 12) })).toBe(12);
  expect(runSeconds({ ...run, timeline: [] })).toBe(40);
});

test('buildFigures() draws fan-out, recovery and what the oracle missed only when there is something', () => {
  const run = healthyRun();
  expect(buildFigures(run).recovery).toEqual([]);
  const times = run.timeline[20]?.response;
  if (times === undefined) throw new Error('the synthetic run has no answers in second 20');
  Object.assign(run.timeline[20]!, { recovery: times, fanout: { first: times, median: times, last: times } });
  Object.assign(run.timeline[21]!, { pushLost: 3, errors: 2 });
  run.timeline[22]!.users.left = 5;
  const { recovery, push, load } = buildFigures(run);
  expect(recovery.map(({ model }) => labels(model.lines))).toEqual([['max', 'p50', 'lateness p99']]);
  expect(push.map(({ model }) => labels(model.lines))).toEqual([['last', 'median', 'first', 'lateness p99']]);
  expect(load.flatMap(({ model }) => labels(model.lines))).toEqual(
    expect.arrayContaining(['errors', 'not delivered', 'left']),
  );
});

test('buildFigures() draws the ramp of a record of version 1 as it was planned', () => {
  const run = healthyRun();
  run.header.version = 1;
  const planned = buildFigures(run).load[0]?.model.lines.find(({ label }) => label === 'planned');
  expect(planned?.points.slice(0, 3)).toEqual([
    [0, 6],
    [1, 12],
    [2, 18],
  ]);
});
