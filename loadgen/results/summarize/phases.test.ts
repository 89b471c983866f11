import { expect, test } from 'vitest';
import { syntheticRun } from '../../testing.ts';
import type { RecordLine } from '../record/index.ts';
import { summarize } from '../run.ts';

const lines = syntheticRun({ users: 120, workers: 2, seconds: 6 });

test('phasesOf() sums up each phase from its own seconds', () => {
  const { phases, messages, latencyMs, target } = summarize(lines);
  const [ramp, settle, steady, drain] = phases;
  expect(phases.map(({ id, start, end }) => [id, start, end])).toEqual([
    ['ramp', 0, 10],
    ['settle', 10, 15],
    ['steady', 15, 21],
    ['drain', 21, 26],
  ]);
  expect(phases.reduce((sum, phase) => sum + phase.messages.sent, 0)).toBe(messages.sent);
  expect(steady).toMatchObject({ measured: true, latencyMs, target, schedule: { perSecond: 20 } });
  expect(steady!.messages.perSecond).toBe(messages.perSecond);
  expect(drain!.latencyMs).toEqual({});
  expect(ramp!.users.peak).toBe(settle!.users.peak);
});

test('phasesOf() gives each phase the users lost in it, not those lost before', () => {
  const losses = lines.map((line): RecordLine => {
    if (line.type !== 'window' || line.process > 0) return line;
    const dropped: Record<string, number> = line.second === 12 ? { reset: 3 } : {};
    return { ...line, users: { ...line.users, failed: line.second < 11 ? { refused: 1 } : {}, dropped } };
  });
  expect(summarize(losses).phases.map(({ users }) => [users.failed, users.dropped])).toEqual([
    [{ refused: 10 }, {}],
    [{ refused: 1 }, { reset: 3 }],
    [{}, {}],
    [{}, {}],
  ]);
});

test('phasesOf() tells the times of each worker in each phase', () => {
  const { phases, workers } = summarize(lines);
  const [steady] = phases.filter(({ measured }) => measured);
  expect(steady?.workers.map(({ id }) => id)).toEqual(['0', '1']);
  expect(steady?.workers[1]?.response).toMatchObject({
    p50: workers[1]?.response?.p50,
    p999: expect.any(Number),
  });
});

test('phasesOf() knows nothing of phases that never began', () => {
  const early = lines.filter((line) => !('second' in line) || line.second < 12);
  expect(summarize(early).phases.map(({ id }) => id)).toEqual(['ramp', 'settle']);
});
