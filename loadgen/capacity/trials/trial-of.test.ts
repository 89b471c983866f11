import { expect, test } from 'vitest';
import { syntheticRun } from '../../testing.ts';
import { type MadeSecond, recordOf, times } from './testing.ts';
import { trialOf } from './trial-of.ts';

const good: MadeSecond = { sent: 100, response: times(100, 5), lateness: times(100, 0.2), open: 20 };
const terms = { withinMs: 50 };

test('trialOf() tells load, shares and times of a run in which all is well', () => {
  const seconds = [{ ...good, connect: times(20, 3) }, good, good, { open: 20 }];
  const trial = trialOf(
    recordOf({ processes: [seconds], from: 1, until: 3, planned: 200, users: 20 }),
    terms,
  );
  expect(trial).toMatchObject({
    load: 100,
    users: 20,
    workers: 1,
    measuredSeconds: 2,
    withinMs: 50,
    scheduled: 200,
    inTime: { 10: 200, 25: 200, 50: 200, 75: 200, 100: 200 },
    connects: { asked: 20, made: 20 },
    errors: 0,
    unreconciled: 0,
    remarks: [],
    verdict: { validity: 'valid' },
  });
  expect(trial.seconds.map(({ scheduled, inTime }) => [scheduled, inTime[10], inTime[50]])).toEqual(
    Array(2).fill([100, 100, 100]),
  );
  expect(trial.latencyMs.response?.p99).toBeCloseTo(5, 1);
  expect(trial.latencyMs.push).toBeNull();
});

test('trialOf() is plain data that survives being written', () => {
  const trial = trialOf(syntheticRun({ users: 200, seconds: 5 }), terms);
  expect(JSON.parse(JSON.stringify(trial))).toEqual(trial);
  expect(trial.seconds).toHaveLength(5);
  expect(trial.processes.map(({ role }) => role)).toEqual(['master', 'broker', 'worker', 'worker', 'worker']);
});

test('trialOf() counts connections that failed, took too long or were never begun as not made', () => {
  const seconds = [{ ...good, connect: [3, 3, 11_000], failed: { refused: 2 } }, good];
  const trial = trialOf(recordOf({ processes: [seconds], from: 1, until: 2, planned: 100, users: 9 }), terms);
  expect(trial.connects).toEqual({ asked: 9, made: 2 });
});

test('trialOf() counts errors from the first measured second on, and disorder of the whole run', () => {
  const bad = { ...good, errors: 1, dropped: { reset: 1 }, duplicated: 1, pushLost: 2 };
  const { errors, unreconciled } = trialOf(
    recordOf({ processes: [[bad, bad]], from: 1, until: 2, planned: 100 }),
    terms,
  );
  expect([errors, unreconciled]).toEqual([2, 6]);
});

test('trialOf() says what does not add up and what happened to the target', () => {
  const lines = recordOf({ processes: [[good, good]], from: 1, until: 2, planned: 100, isWhole: false });
  const end = {
    type: 'event',
    second: 1,
    kind: 'worker-exit',
    text: 'worker 0 (pid 7) ended by SIGKILL',
  } as const;
  expect(trialOf(lines, terms).fellOver).toBeNull();
  expect(trialOf([...lines, end], terms).fellOver).toBe('worker 0 (pid 7) ended by SIGKILL');
  expect(trialOf([...lines, end], terms).remarks).toEqual([
    'worker 0 (pid 7) ended by SIGKILL (at 1 s)',
    'The record has no final line: the run was cut off',
  ]);
  const unbalanced = recordOf({ processes: [[good, good]], from: 1, until: 2 }).map((line) =>
    line.type === 'window' ? { ...line, workers: line.workers.map((part) => ({ ...part, sent: 99 })) } : line,
  );
  expect(trialOf(unbalanced, terms).remarks.join()).toContain('counted 200 as sent in all but 198');
});

test('trialOf() counts seconds by each limit, and refuses an objective that is none of them', () => {
  const seconds = [{ sent: 4, response: [5, 30, 60, 200] }];
  const lines = recordOf({ processes: [seconds], from: 0, until: 1, planned: 4 });
  expect(trialOf(lines, { withinMs: 10 }).seconds[0]?.inTime).toEqual({ 10: 1, 25: 1, 50: 2, 75: 3, 100: 3 });
  expect(() => trialOf(lines, { withinMs: 60 })).toThrow(
    'Cannot count what came within 60 ms: wanted is one of 10, 25, 50, 75, 100 ms',
  );
  expect(trialOf(lines, { limitsMs: [60], withinMs: 60 }).inTime).toEqual({ 60: 2 });
});

test('trialOf() owes all that was planned when a run ends before anything is measured', () => {
  const trial = trialOf(recordOf({ processes: [[good]], from: 1, until: 3, planned: 500 }), terms);
  expect(trial).toMatchObject({ scheduled: 500, inTime: { 50: 0 }, seconds: [] });
});
