import { expect, test } from 'vitest';
import { aLedger, gateReport } from '../../gate-report/testing.ts';
import { html } from '../html.ts';
import { blockTable, faultTable, ledgerTable, precisionTable, verdictTable } from './gate-tables.ts';

/** Every figure by its address. */
function figuresOf(...tables: Parameters<typeof html>[1][]): Map<string, string> {
  const { text } = html`${tables}`;
  const cells = text.matchAll(/data-value="([^"]*)" data-figure="([^"]*)"/g);
  return new Map([...cells].map(([, value, address]) => [address!, value!]));
}

test('verdictTable() and precisionTable() hold every figure of each row exactly', async () => {
  const report = await gateReport('slower');
  const figures = figuresOf(verdictTable(report), precisionTable(report));
  for (const row of report.rows) {
    for (const name of ['effect', 'lower', 'upper', 'detectable', 'base', 'candidate', 'pWorse'] as const)
      expect(figures.get(`metric ${row.metric} ${name}`)).toBe(String(row[name]));
    expect(figures.get(`precision ${row.metric} bootstrap.lower`)).toBe(String(row.bootstrap.lower));
  }
});

test('blockTable() keeps blocks given up apart from their next attempts', async () => {
  const report = await gateReport('disturbed');
  const { text } = html`${blockTable(report)}`;
  expect([...text.matchAll(/<th scope="row">([^<]*)</g)].map(([, title]) => title)).toEqual([
    '1',
    '1, attempt 2',
    '1, attempt 3',
  ]);
  expect(text).toContain('waiting');
});

test('faultTable() counts the messages of each build that went wrong', async () => {
  const figures = figuresOf(faultTable(await gateReport('lossy')));
  expect([figures.get('build base lost'), figures.get('build candidate lost')]).toEqual(['0', '1']);
});

test('ledgerTable() tells the standing of each gated metric, and is not there without a ledger', async () => {
  const figures = figuresOf(ledgerTable(await gateReport('equal', { ledger: aLedger() })));
  expect([figures.get('ledger cpu jobs'), figures.get('ledger cpu falseAlarms')]).toEqual(['30', '1']);
  expect(ledgerTable(await gateReport('equal'))).toBe(false);
});
