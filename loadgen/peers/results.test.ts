import { expect, test } from 'vitest';
import { createRow } from './results.ts';

test('createRow() puts the first subject over each other one', () => {
  const labels = { measure: 'echo', title: 'echo', unit: 'µs' };
  const row = createRow(labels, [[10, 12, 11], [22, 24, 22], [11]].slice(0, 2));
  expect(row).toMatchObject({ ...labels, cells: [{ median: 11, rounds: [10, 12, 11] }, { median: 22 }] });
  expect(row.cells[0]).not.toHaveProperty('ratio');
  expect(row.cells[1]?.ratio?.value).toBe(0.5);
});
