import { expect, test } from 'vitest';
import { formatGateMarkdown } from './markdown.ts';
import { aLedger, gateReport } from './testing.ts';

const tableOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.slice(2, -2).split(' | '));

test('formatGateMarkdown() begins with the verdict in a sentence and has a row for every metric', async () => {
  const report = await gateReport('slower');
  const text = formatGateMarkdown(report);
  expect(text.split('\n')[0]).toBe(`## ▼ REGRESSION: ${report.sentence}`);
  const [head, , ...rows] = tableOf(text);
  expect(rows).toHaveLength(report.rows.length);
  for (const row of rows) expect(row).toHaveLength(head!.length);
});

test('formatGateMarkdown() writes the figures of gate.json, rounded and nothing else', async () => {
  const report = await gateReport('slower');
  const rows = tableOf(formatGateMarkdown(report)).slice(2);
  report.rows.forEach(({ metric, effect, pWorse, blocks, look, detectable }, index) => {
    const [, , effectCell, detectableCell, , blocksCell, lookCell, p] = rows[index]!;
    const number = (text: string | undefined) =>
      Number(/−?\d[\d.]*(e-\d+)?/.exec(text!)![0].replace('−', '-'));
    expect(number(effectCell), metric).toBeCloseTo(effect * 100, 0);
    expect(number(detectableCell), metric).toBeCloseTo(detectable * 100, 0);
    expect(number(p), metric).toBeCloseTo(pWorse, 2);
    expect([number(blocksCell), number(lookCell)], metric).toEqual([blocks, look]);
  });
});

test('formatGateMarkdown() offers the profile of a red job and the command that repeats it', async () => {
  const report = await gateReport('slower');
  const text = formatGateMarkdown(report);
  expect(text).toContain(`Where does the time go? \`${report.commands.profile}\``);
  expect(text).toContain(`\n${report.commands.repeat}\n`);
  expect(formatGateMarkdown(await gateReport('equal'))).not.toContain('profile');
});

test('formatGateMarkdown() tells the standing of the ledger, or that there is none', async () => {
  const text = formatGateMarkdown(await gateReport('equal', { ledger: aLedger() }));
  expect(text).toContain(
    '| cpu | 1 of 30 jobs, truly at most 14.9 % | 3.0 % | parse +10.0 %, found +1.0 % |',
  );
  expect(text).toContain('| p50 | no job yet | – | – |');
  expect(formatGateMarkdown(await gateReport('equal'))).toContain('There is no ledger');
});

test('formatGateMarkdown() shows names as they are, whatever they hold', async () => {
  const report = await gateReport('equal', { candidate: { name: 'fix|<img>*' } });
  expect(formatGateMarkdown(report)).toContain('candidate fix\\|&lt;img>\\*');
});

test('formatGateMarkdown() of a lost message needs no row', async () => {
  const text = formatGateMarkdown(await gateReport('lossy'));
  expect(text.startsWith('## ▼ REGRESSION: The candidate breaks its word: 1 lost\n')).toBe(true);
  expect(tableOf(text)).toEqual([]);
});
