import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { GateReport } from '../../gate-report/figures/index.ts';
import { writeGateReports, writeTrend } from '../../gate-report/index.ts';
import { aLedger, gateLines, toText } from '../../gate-report/testing.ts';
import { aHistory } from '../../gate-report/trend/testing.ts';
import { figureText, fillOf, PAPER, readFigures, usePages } from '../testing.ts';

let report: GateReport;
let markdown = '';
const open = usePages(async (folder) => {
  const [record, ledger] = [join(folder, 'gate.jsonl'), join(folder, 'ledger.jsonl')];
  await writeFile(record, toText(await gateLines('slower')));
  await writeGateReports(record, { ledger: aLedger() });
  report = JSON.parse(await readFile(join(folder, 'gate.json'), 'utf8'));
  markdown = await readFile(join(folder, 'gate.md'), 'utf8');
  const lines = aHistory().map((entry) => `${JSON.stringify(entry)}\n`);
  await writeFile(ledger, lines.join(''));
  await writeTrend(ledger, join(folder, 'trend.html'));
});

/** What gate.json has under the addresses of the page's figures: the group, which one, which figure of it. */
function figureAt(address: string): unknown {
  const [group = '', id = '', path = ''] = address.split(' ');
  const places: Record<string, unknown> = {
    metric: report.rows.find(({ metric }) => metric === id),
    precision: report.rows.find(({ metric }) => metric === id),
    ledger: report.ledger?.standings.find(({ metric }) => metric === id),
    build: { ...report.faults[id as 'base'], windows: report.disturbed.windows[id as 'base'] },
    block: report.measured.find(({ index, attempt }) => `${index}.${attempt}` === id),
  };
  const deeper = group === 'block' && report.rows.some(({ metric }) => metric === path);
  const steps = deeper ? ['values', path, 'candidate'] : path.split('.');
  return steps.reduce<unknown>(
    (value, step) => (value as Record<string, unknown> | undefined)?.[step],
    places[group],
  );
}

test('buildGatePage() shows every figure as gate.json has it, offline and without a complaint', async () => {
  const { page, complaints } = await open('gate.html');
  const figures = await readFigures(page);
  const expected = Object.keys(figures).map((address) => [address, figureText(figureAt(address))]);
  expect(figures).toEqual(Object.fromEntries(expected));
  expect(Object.keys(figures).length).toBeGreaterThan(report.rows.length * 15);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('buildGatePage() writes beside each exact figure what the texts write', async () => {
  const { page } = await open('gate.html');
  for (const { metric, title } of report.rows) {
    const row = page.locator('table', { hasText: 'more is worse' }).locator('tr', { hasText: title });
    const line = markdown.split('\n').find((each) => each.startsWith(`| ${title} |`));
    for (const name of ['effect', 'lower', 'upper', 'detectable', 'base', 'candidate', 'pWorse']) {
      const text = await row.locator(`[data-figure="metric ${metric} ${name}"]`).textContent();
      expect(line, `${metric} ${name}`).toContain(text);
    }
  }
  await page.context().close();
});

test('buildGatePage() makes tables that sort by their exact figures', async () => {
  const { page } = await open('gate.html');
  const table = page.locator('table', { hasText: 'more is worse' });
  await table.getByRole('button', { name: 'effect' }).click();
  const order = report.rows.toSorted((one, other) => one.effect - other.effect);
  expect(await table.locator('tbody th').allTextContents()).toEqual(order.map(({ title }) => title));
  await page.context().close();
});

test('buildGatePage() draws its blocks in the colours of the theme, light on paper', async () => {
  const { page } = await open('gate.html', { colorScheme: 'dark' });
  expect([await page.evaluate(PAPER), await page.evaluate(fillOf('judged'))]).toEqual([
    'rgb(18, 20, 23)',
    'rgb(108, 182, 255)',
  ]);
  await page.emulateMedia({ colorScheme: 'light' });
  expect([await page.evaluate(PAPER), await page.evaluate(fillOf('judged'))]).toEqual([
    'rgb(252, 252, 251)',
    'rgb(11, 98, 168)',
  ]);
  expect(await page.locator('.drawing svg').count()).toBe(report.rows.length);
  await page.context().close();
});

test.each(['gate.html', 'trend.html'])(
  '%s fits a telephone, offline and without a complaint',
  async (name) => {
    const { page, complaints } = await open(name, { viewport: { width: 390, height: 844 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(await page.locator('.drawing svg').first().isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);
