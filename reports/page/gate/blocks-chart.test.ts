import { expect, test } from 'vitest';
import { gateReport } from '../../gate-report/testing.ts';
import { blocksChart } from './blocks-chart.ts';

const count = (text: string, part: string) => text.split(part).length - 1;

test('blocksChart() has a mark for every block, squares where pairs were measured again', async () => {
  const report = await gateReport('slower');
  const { text } = blocksChart(report.rows[0]!, report);
  const again = report.measured.filter(({ pairsAgain }) => pairsAgain > 0).length;
  expect(again).toBeGreaterThan(0);
  expect([count(text, '<circle'), count(text, '<rect')]).toEqual([12 - again, again]);
  expect(text).toContain('pairs measured again</title>');
});

test('blocksChart() draws the bounds of every look, and hollow marks for blocks after the answer', async () => {
  const report = await gateReport('noisy');
  const [cpu, tail] = ['cpu', 'tail'].map((name) => report.rows.find(({ metric }) => metric === name)!);
  expect(count(blocksChart(cpu!, report).text, 'class="look"')).toBe(3);
  expect(tail!.blocks).toBe(20);
  const { text } = blocksChart(tail!, report);
  expect([count(text, 'class="look"'), count(text, 'class="judged"'), count(text, 'class="later"')]).toEqual([
    2, 20, 12,
  ]);
});

test('blocksChart() lets a bound that there is not run off the drawing', async () => {
  const report = await gateReport('slower');
  const [row] = report.rows;
  const look = { blocks: 12, effect: 0.05, lower: null, upper: null };
  const { text } = blocksChart({ ...row!, looks: [look] }, report);
  expect(text).toContain('after 12 blocks: +5.0 % (? to ?)');
  expect(text).not.toContain('NaN');
});
