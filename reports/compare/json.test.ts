import { expect, test } from 'vitest';
import { healthyRun } from '../testing.ts';
import { compareRuns } from './compare.ts';
import { comparisonToJson } from './json.ts';

test('comparisonToJson() keeps every figure and none of the records', () => {
  const runs = ['one', 'other'].map((source) => ({ run: healthyRun(), source }));
  const comparison = compareRuns(runs);
  const text = comparisonToJson(comparison);
  const { rows } = JSON.parse(text) as { rows: { name: string; reference: number }[] };
  expect(rows.map(({ name, reference }) => [name, reference])).toEqual(
    comparison.rows.map(({ subject, reference }) => [subject.name, reference]),
  );
  expect(text).not.toContain('timeline');
});
