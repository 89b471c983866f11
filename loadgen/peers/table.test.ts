import { expect, test } from 'vitest';
import { type Comparison, createRow } from './results.ts';
import { formatComparison } from './table.ts';

const comparison: Comparison = {
  version: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
  sockets: 200,
  rounds: 3,
  host: { cpus: 2, model: 'any', memoryGB: 8, kernel: '6.1', node: 'v20.20.2', fdLimit: 20_000 },
  subjects: [
    { name: 'ours', setup: 'one worker' },
    { name: 'theirs', setup: 'one process' },
  ],
  missing: [],
  rows: [
    createRow({ measure: 'memory', title: 'idle socket', unit: 'KB' }, [
      [4, 4, 4],
      [16, 16, 16],
    ]),
    createRow({ measure: 'connect', title: 'connect', unit: 'µs' }, [
      [300, 300, 300],
      [400, 400, 400],
    ]),
  ],
  ownRows: [createRow({ measure: 'hop', title: 'worker to broker', unit: 'µs' }, [[2.5, 2.5, 2.5]])],
  isComplete: true,
};

test('formatComparison() prints a line a figure, with the ratio behind each other subject', () => {
  expect(formatComparison(comparison).split('\n')).toEqual([
    '                 ours  theirs      ours / theirs',
    'idle socket  KB  4.00    16.0  0.25 [0.25, 0.25]',
    'connect      µs   300     400  0.75 [0.75, 0.75]',
    '',
    'worker to broker  µs  2.50',
    '',
    'ours: one worker',
    'theirs: one process',
    'Medians of 3 rounds, 200 idle sockets; ratios with the interval of 95 in 100.',
    '',
  ]);
});

test('formatComparison() leaves out what was not measured', () => {
  const text = formatComparison({ ...comparison, rows: [], ownRows: [], isComplete: false });
  expect(text).not.toContain('worker to broker');
  expect(text).toContain('Interrupted: figures that were not measured to the end are missing.');
});

test('formatComparison() says why a subject is left out, and has a dash for a figure that one has not', () => {
  const labels = { measure: 'accuracy', title: 'error', unit: 'ms' };
  const text = formatComparison({
    ...comparison,
    missing: [{ name: 'others', reason: 'Cannot find them' }],
    rows: [createRow(labels, [[1], [Number.NaN]])],
  });
  expect(text).toContain('error  ms  1.00       -              -\n');
  expect(text).toContain('others is left out: Cannot find them');
});
