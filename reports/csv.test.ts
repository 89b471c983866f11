import { expect, test } from 'vitest';
import { formatCsv } from './csv.ts';
import { healthyRun } from './testing.ts';

test('formatCsv() has a row for every second and as many fields as headings in each', () => {
  const run = healthyRun();
  const rows = formatCsv(run)
    .trimEnd()
    .split('\n')
    .map((row) => row.split(','));
  expect(rows).toHaveLength(run.timeline.length + 1);
  expect(new Set(rows.map(({ length }) => length)).size).toBe(1);
  const [head = [], ...seconds] = rows;
  const column = (name: string) => seconds[20]?.[head.indexOf(name)];
  expect(column('second')).toBe('20');
  expect(column('response.p99Ms')).toBe(String(run.timeline[20]?.response?.p99));
  expect(column('push.p50Ms')).toBe('');
});

test('formatCsv() counts in each second what came of another run', () => {
  const run = healthyRun();
  for (const second of run.timeline) second.pushForeign = second.second === 20 ? 3 : 0;
  const [head = [], ...seconds] = formatCsv(run)
    .trimEnd()
    .split('\n')
    .map((row) => row.split(','));
  const counted = seconds.map((row) => row[head.indexOf('pushForeign')]);
  expect(counted.slice(19, 22)).toEqual(['0', '3', '0']);
});

test('formatCsv() keeps a phase with a comma in one field', () => {
  const run = healthyRun();
  for (const second of run.timeline) second.phase = 'calm, then "storm"';
  expect(formatCsv(run)).toContain('0,1,"calm, then ""storm""",');
});
