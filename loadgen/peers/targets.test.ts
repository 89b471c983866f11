import { expect, test } from 'vitest';
import { clientMeasures, clients } from './clients/index.ts';
import { generatorMeasures, generators } from './generators/index.ts';
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
  const fields = [
    { known: measures, names: subjects.map(({ name }) => name), wanted: 16 },
    { known: clientMeasures, names: clients.map(({ name }) => name), wanted: 2 },
    { known: generatorMeasures, names: generators.map(({ name }) => name), wanted: 1 },
  ];
  for (const { known, names: all, wanted } of fields) {
    const rows = known.flatMap(({ name, figures }) =>
      figures.map(({ key }) =>
        createRow(
          { ...labels, measure: name, key },
          all.map(() => [1]),
        ),
      ),
    );
    const found = rows.flatMap((row) => withTargets(row, all).cells.filter((cell) => 'target' in cell));
    expect(found).toHaveLength(wanted);
  }
});

test('meetsTargets() wants all of those that were measured', () => {
  const row = createRow({ ...labels, measure: 'echo', key: 'all' }, [[50], [100], 'cannot']);
  const missed = createRow({ ...labels, measure: 'echo', key: 'all' }, [[90], [100], 'cannot']);
  expect(meetsTargets({ rows: [] })).toBe(true);
  expect(meetsTargets({ rows: [withTargets(row, names)] })).toBe(true);
  expect(meetsTargets({ rows: [withTargets(row, names), withTargets(missed, names)] })).toBe(false);
});
