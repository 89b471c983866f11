import { expect, test } from 'vitest';
import type { LedgerEntry } from '../../reports/gate/index.ts';
import { formatSeries, fromLedger, type Made, madeSchema } from './table.ts';

const cpu = { metric: 'cpu', verdict: 'regression', effect: 0.104, blocks: 12, detectable: 0.051 };
const slow: Made = {
  ...{ name: 'parse-10', seed: '5e', status: 'regression', code: 1, minutes: 4.26 },
  findings: [cpu],
};
const equal: Made = {
  ...{ name: 'equal-1', seed: '5f', status: 'pass', code: 0, minutes: 9.8 },
  findings: [
    { ...cpu, verdict: 'unchanged', effect: -0.004 },
    { ...cpu, metric: 'p50', verdict: 'inconclusive', effect: 0.01, blocks: 32 },
  ],
};

test('formatSeries() has a row for every job and a column for every metric', () => {
  const lines = formatSeries([equal, slow]).split('\n');
  expect(lines.slice(0, 4)).toEqual([
    '| job | verdict | exit | minutes | blocks | cpu | p50 |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    '| equal-1 | pass | 0 | 9.8 | 32 | −0.4 % unchanged (5.1 %) | +1.0 % inconclusive (5.1 %) |',
    '| parse-10 | regression | 1 | 4.3 | 12 | +10.4 % regression (5.1 %) | – |',
  ]);
});

test('formatSeries() counts what is red, and names the longest job and those that said nothing', () => {
  const broken = { name: 'equal-2', seed: '60', status: 'failed', findings: [], lastWords: 'Cannot start' };
  const verify = { ...slow, name: 'verify-20', minutes: 30 };
  const text = formatSeries([equal, broken, slow, verify]);
  expect(text).toContain(
    'Red: 0 of 2 jobs of equal builds, 1 of 1 with a slowdown. The longest took 9.8 minutes.',
  );
  expect(text).toContain('\n- equal-2: Cannot start\n');
});

test('fromLedger() tells a job of which nothing else is left', () => {
  const entry = { seed: '5e', findings: [{ ...cpu, spread: 0.1, level: 0.0025 }] } as unknown as LedgerEntry;
  const made = fromLedger('parse-10', entry);
  expect(made).toMatchObject({ name: 'parse-10', seed: '5e', status: 'regression' });
  expect(madeSchema.parse(made)).toEqual(made);
  expect(formatSeries([made])).toContain('| parse-10 | regression | – | – | 12 | +10.4 % regression |');
});
