import { expect, test } from 'vitest';
import { measures } from './measures/index.ts';
import { createRow } from './results.ts';
import { subjects } from './subjects/index.ts';
import { meetsTargets, withTargets } from './targets.ts';

const names = ['ours', 'socketcluster-20', 'ws'];
const labels = { title: '', unit: '', better: 'less' } as const;

test('withTargets() holds each ratio against what it is wanted to be', () => {
  const row = createRow({ ...labels, measure: 'echo', key: 'all' }, [[50], [100], [50]]);
  expect(withTargets(row, names).cells).toMatchObject([
    { median: 50 },
    { target: { bound: 0.55, sense: 'at most', isMet: true } },
    { target: { bound: 0.85, sense: 'at most', isMet: false } },
  ]);
  expect(withTargets(row, names).cells[0]).not.toHaveProperty('target');
  const rate = createRow({ ...labels, measure: 'pipelined', key: 'perSecond' }, [[500], [100], [250]]);
  expect(withTargets(rate, names).cells).toMatchObject([
    {},
    { target: { bound: 5, sense: 'at least', isMet: true } },
    { target: { bound: 2.5, isMet: false } },
  ]);
});

test('withTargets() holds figures of ours against bounds of their own, those of others against none', () => {
  const row = createRow({ ...labels, measure: 'memory', key: 'rss' }, [[9], 'cannot']);
  expect(withTargets(row, ['ours', 'ws']).cells).toEqual([
    { median: 9, rounds: [9], target: { bound: 8, sense: 'at most', isMet: false } },
    { reason: 'cannot' },
  ]);
  expect(withTargets(row, ['ws', 'ours']).cells[0]).not.toHaveProperty('target');
});

test('withTargets() knows no figure and no subject that there is not', () => {
  const all = subjects.map(({ name }) => name).filter((name) => name !== 'ours');
  const found = measures.flatMap(({ name, figures }) =>
    figures.flatMap(({ key }) => {
      const row = createRow(
        { ...labels, measure: name, key },
        ['ours', ...all].map(() => [1]),
      );
      return withTargets(row, ['ours', ...all]).cells.filter((cell) => 'target' in cell);
    }),
  );
  expect(found).toHaveLength(16);
});

test('meetsTargets() wants all of those that were measured', () => {
  const row = createRow({ ...labels, measure: 'echo', key: 'all' }, [[50], [100], 'cannot']);
  const missed = createRow({ ...labels, measure: 'echo', key: 'all' }, [[90], [100], 'cannot']);
  expect(meetsTargets({ rows: [] })).toBe(true);
  expect(meetsTargets({ rows: [withTargets(row, names)] })).toBe(true);
  expect(meetsTargets({ rows: [withTargets(row, names), withTargets(missed, names)] })).toBe(false);
});
