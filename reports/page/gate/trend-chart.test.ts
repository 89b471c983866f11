import { expect, test } from 'vitest';
import { readHistories } from '../../gate-report/trend/index.ts';
import { aHistory, equalBuilds } from '../../gate-report/trend/testing.ts';
import { html } from '../html.ts';
import { trendChart } from './trend-chart.ts';

test('trendChart() has a point for every job and a full line where a change stayed', () => {
  const [cpu] = readHistories(aHistory());
  const { text } = html`${trendChart(cpu!)}`;
  expect(text.match(/<circle/g)).toHaveLength(40);
  expect(text.match(/class="change"/g)).toHaveLength(1);
  expect(text).toMatch(/<title>\+\d+\.\d %, stayed<\/title>/);
});

test('trendChart() does not blow noise up to history, and draws a single job', () => {
  const histories = readHistories(equalBuilds());
  const { text } = trendChart(histories[0]!);
  const heights = [...text.matchAll(/cy="([\d.]+)"/g)].map(([, y]) => Number(y));
  // Noise of 1.6 % from top to bottom fills no more than the four fifths that it has of 2 %.
  expect(Math.max(...heights) - Math.min(...heights)).toBeLessThan(0.85 * 190);
  expect(trendChart(readHistories(equalBuilds().slice(0, 1))[0]!).text).not.toContain('NaN');
});
