import { expect, test } from 'vitest';
import { createRow, remarksOf } from './results.ts';

const labels = { measure: 'echo', key: 'all', title: 'echo', unit: 'µs', better: 'less' } as const;

test('createRow() puts the first subject over each other one', () => {
  const row = createRow(labels, [
    [10, 12, 11],
    [22, 24, 22],
  ]);
  expect(row).toMatchObject({
    ...labels,
    cells: [
      { median: 11, rounds: [10, 12, 11] },
      { median: 22, ratio: { value: 0.5 } },
    ],
  });
  expect(row.cells[0]).not.toHaveProperty('ratio');
});

test('createRow() has no ratio where there is nothing to compare, or no sense in it', () => {
  const ratios = (row: ReturnType<typeof createRow>) => row.cells.filter((cell) => 'ratio' in cell);
  expect(createRow(labels, ['cannot', [1]]).cells[0]).toEqual({ reason: 'cannot' });
  expect(ratios(createRow(labels, ['cannot', [1]]))).toEqual([]);
  expect(ratios(createRow(labels, [[1], [0]]))).toEqual([]);
  expect(ratios(createRow({ ...labels, better: 'neither' }, [[1], [2]]))).toEqual([]);
});

test('createRow() leaves out rounds that came to no figure, and says so where all did', () => {
  const [first, second] = createRow(labels, [
    [Number.NaN, Number.NaN],
    [Number.NaN, 3],
  ]).cells;
  expect(first).toEqual({ reason: 'comes to no such figure' });
  expect(second).toEqual({ median: 3, rounds: [3] });
});

test('remarksOf() names who made the clients work as hard as they can', () => {
  const subjects = ['ours', 'ws'].map((name) => ({ name, setup: '' }));
  const busy = createRow({ ...labels, measure: 'pipelined', key: 'clients' }, [[97], [90]]);
  expect(remarksOf({ rows: [busy, createRow(labels, [[97], [97]])], subjects })).toEqual([
    'pipelined: the clients of ours used 97 % of their core, so it may do better than its figures say',
  ]);
});
