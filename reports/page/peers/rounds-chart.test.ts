import { expect, test } from 'vitest';
import { aCell, aRow } from '../../../loadgen/results/peers/testing.ts';
import { roundsChart } from './rounds-chart.ts';

test('roundsChart() has a dot for every round and a bar for every median', () => {
  const { text } = roundsChart(aRow(), ['ours', 'ws']);
  expect(text.match(/class="judged"/g)).toHaveLength(6);
  expect(text.match(/class="look"/g)).toHaveLength(2);
  expect(text).toContain('aria-label="echo, CPU of all processes, µs: ours 12.5, ws 25.0."');
});

test('roundsChart() draws a single round, none at all, and figures below nothing', () => {
  const cells = [aCell(-3, { rounds: [-3] }), { reason: 'cannot' }];
  const { text } = roundsChart(aRow({ cells }), ['ours', 'ws']);
  expect(text.match(/class="judged"/g)).toHaveLength(1);
  expect(text).toContain('ours -3.00, ws –.');
  expect(roundsChart(aRow({ cells: [{ reason: 'cannot' }] }), ['ws']).text).not.toMatch(/NaN|Infinity/);
});
