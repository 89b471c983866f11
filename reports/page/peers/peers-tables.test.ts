import { expect, test } from 'vitest';
import { aComparison } from '../../../loadgen/results/peers/testing.ts';
import { html } from '../html.ts';
import { ownTable, ratioTable } from './peers-tables.ts';

test('ratioTable() has figure, ratio and target of each other subject, with their exact values', () => {
  const { text } = html`${ratioTable(aComparison())}`;
  expect(text).toContain('<th scope="col">ours / ws</th>');
  expect(text).toContain(
    '<td data-value="0.5" data-figure="row echo%2Fall cells.1.ratio.value">0.50 [0.49, 0.51]</td>',
  );
  expect(text).toContain('<td class="word">✗ ≥ 2.5</td>');
});

test('ratioTable() has dashes where a subject has no figure', () => {
  const { text } = html`${ratioTable(aComparison())}`;
  expect(text).toContain('<td data-value="" data-figure="row stalled%2Fcode cells.1.median">–</td>');
});

test('ownTable() has every round, and is nothing without any', () => {
  const { text } = html`${ownTable(aComparison())}`;
  expect(text).toContain('<td class="word">2.55, 2.50, 2.45</td>');
  expect(ownTable(aComparison({ ownRows: [] }))).toBe(false);
});
