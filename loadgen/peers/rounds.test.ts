import { expect, test } from 'vitest';
import type { Measure } from './measures/index.ts';
import { takeMeasure } from './rounds.ts';
import type { Subject } from './subjects/index.ts';

/** Two subjects and a measure that write down what is done to them. */
function scene(lifetime: Measure['lifetime']) {
  const log: string[] = [];
  let started = 0;
  const subjectOf = (name: string): Subject => ({
    name,
    setup: '',
    prepare: () => Promise.resolve(),
    start: async () => {
      started += 1;
      const pid = started;
      log.push(`start ${name}${pid}`);
      const stop = async (): Promise<void> => {
        log.push(`stop ${name}${pid}`);
      };
      return {
        port: 1,
        path: name,
        dialect: 'plain',
        pid,
        pids: [pid],
        ask: () => Promise.reject(new Error('asked')),
        stop,
      };
    },
  });
  let taken = 0;
  const measure: Measure = {
    name: 'count',
    lifetime,
    figures: [{ key: 'turn', title: 'turn', unit: '' }],
    take: async ({ path, pid }) => {
      taken += 1;
      log.push(`take ${path}${pid}`);
      return { turn: taken };
    },
  };
  return { log, measure, subjects: [subjectOf('a'), subjectOf('b')] };
}

const silent = { say: () => {}, signal: new AbortController().signal };

test('takeMeasure() takes turns and does not count the round that warms lasting processes up', async () => {
  const { log, measure, subjects } = scene('measure');
  const [row] = await takeMeasure(measure, subjects, { rounds: 2, sockets: 1 }, silent);
  const turns = ['take a1', 'take b2'];
  expect(log).toEqual(['start a1', 'start b2', ...turns, ...turns, ...turns, 'stop a1', 'stop b2']);
  expect(row?.cells.map((cell) => 'rounds' in cell && cell.rounds)).toEqual([
    [3, 5],
    [4, 6],
  ]);
});

test('takeMeasure() starts a process a round where the measure wants a fresh one', async () => {
  const { log, measure, subjects } = scene('round');
  const rows = await takeMeasure(measure, subjects, { rounds: 1, sockets: 1 }, silent);
  expect(log).toEqual(['start a1', 'take a1', 'stop a1', 'start b2', 'take b2', 'stop b2']);
  expect(rows[0]?.cells.map((cell) => 'median' in cell && cell.median)).toEqual([1, 2]);
});

test('takeMeasure() stops what it started when a round fails or the run is interrupted', async () => {
  const failing = scene('measure');
  failing.measure.take = () => Promise.reject(new Error('no'));
  const extent = { rounds: 2, sockets: 1 };
  await expect(takeMeasure(failing.measure, failing.subjects, extent, silent)).rejects.toThrow('no');
  expect(failing.log).toEqual(['start a1', 'start b2', 'stop a1', 'stop b2']);

  const interrupted = scene('measure');
  const interrupt = new AbortController();
  const surroundings = { say: () => interrupt.abort(), signal: interrupt.signal };
  const rows = await takeMeasure(interrupted.measure, interrupted.subjects, extent, surroundings);
  expect(rows).toEqual([]);
  expect(interrupted.log.slice(-2)).toEqual(['stop a1', 'stop b2']);
});

test('takeMeasure() leaves out who lacks what a measure needs, and says why', async () => {
  const { log, measure, subjects } = scene('round');
  const [first, second] = subjects;
  const lacking = { ...first!, lacks: { tokens: 'knows no tokens' } };
  const chosen = [lacking, second!];
  const extent = { rounds: 1, sockets: 1 };
  const [row] = await takeMeasure({ ...measure, needs: 'tokens' }, chosen, extent, silent);
  expect(log.filter((text) => text.startsWith('take'))).toEqual(['take b1']);
  expect(row?.cells).toEqual([{ reason: 'knows no tokens' }, { median: 1, rounds: [1] }]);
  const [other] = await takeMeasure({ ...measure, needs: 'slow readers' }, chosen, extent, silent);
  expect(other?.cells[0]).toHaveProperty('median');
});

test('takeMeasure() makes no row of a figure that nobody tells, and hands on the rows before', async () => {
  const { measure, subjects } = scene('round');
  const before = await takeMeasure(measure, subjects, { rounds: 1, sockets: 1 }, silent);
  const given: unknown[] = [];
  const untold = {
    ...measure,
    figures: [...measure.figures, { key: 'instructions', title: 'instructions', unit: '' }],
    take: async (...[, { rows }]: Parameters<Measure['take']>) => {
      given.push(rows);
      return { turn: 1 };
    },
  };
  const rows = await takeMeasure(untold, subjects, { rounds: 1, sockets: 1, rows: before }, silent);
  expect(rows.map(({ key }) => key)).toEqual(['turn']);
  expect(given).toEqual([before, before]);
});
