import { expect, test } from 'vitest';
import { aCell, aComparison, aRow } from '../../../loadgen/results/peers/testing.ts';
import { html } from '../html.ts';
import { figureTable, ownTable, ratioTable } from './peers-tables.ts';

test('ratioTable() has the ratio to each other subject and what is wanted, with exact values', () => {
  const { text } = html`${ratioTable(aComparison())}`;
  expect(text).toContain('<th scope="col">ours / ws</th>');
  expect(text).toContain(
    '<td data-value="0.5" data-figure="ratio echo%2Fall cells.1.ratio.value">0.50 [0.49, 0.51] ✓ ≤ 0.55</td>',
  );
  expect(text).toContain('<td data-value="12.5">12.5</td>');
});

test('ratioTable() leaves out figures by which nobody is held against anybody, unless they are to be something', () => {
  const clients = aRow({
    key: 'clients',
    title: 'core of the clients',
    better: 'neither',
    cells: [aCell(50)],
  });
  const { text } = html`${ratioTable(aComparison({ rows: [...aComparison().rows, clients] }))}`;
  expect(text).toContain('<td data-value="4100">4,100 ✓ ≥ 4,000</td>');
  expect(text).not.toContain('core of the clients');
});

test('figureTable() has every figure, and dashes where there is none', () => {
  const { text } = html`${figureTable(aComparison())}`;
  expect(text).toContain('<td data-value="4100" data-figure="row stalled%2Fcode cells.0.median">4,100</td>');
  expect(text).toContain('<td data-value="" data-figure="row stalled%2Fcode cells.1.median">–</td>');
});

test('ownTable() has every round, and is nothing without any', () => {
  const { text } = html`${ownTable(aComparison())}`;
  expect(text).toContain('<td class="word">2.55, 2.50, 2.45</td>');
  expect(ownTable(aComparison({ ownRows: [] }))).toBe(false);
});
