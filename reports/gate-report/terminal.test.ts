import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { aHeader } from '../gate/record/testing.ts';
import { formatGate, formatRecomputed } from './terminal.ts';
import { aLedger, gateReport, worlds } from './testing.ts';

test('formatGate() begins with the verdict and why, and ends with the files', async () => {
  const text = formatGate(await gateReport('slower', { ledger: aLedger() }), { files: ['out/gate.html'] });
  expect(text.startsWith('REGRESSION  CPU per message is 4.6 % worse')).toBe(true);
  expect(text).toMatch(
    /CPU per message +▼ regression +\+4\.6 % +\+3\.\d % to \+5\.\d % .* 0\.00024 < 0\.00050/,
  );
  expect(text).toMatch(/cpu +1 of 30 jobs, truly at most 14\.9 % +parse \+10\.0 %, found \+1\.0 %/);
  expect(text).toContain(
    'npx scbench profile --scenario echo --users 200 --rate 20 --tool flame --role worker',
  );
  expect(text.endsWith('Files\n  out/gate.html\n')).toBe(true);
});

test.each(Object.keys(worlds) as (keyof typeof worlds)[])(
  'formatGate() of a job that is %s fits a terminal',
  async (name) => {
    const report = await gateReport(name);
    const own = Object.values(report.commands);
    const lines = formatGate(report)
      .split('\n')
      .filter((line) => !own.includes(line.trim()));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(110);
  },
);

test('formatGate() colours the word alone and says the same without', async () => {
  const report = await gateReport('noisy');
  const coloured = formatGate(report, { colour: true });
  expect(coloured).not.toBe(formatGate(report));
  expect(stripVTControlCharacters(coloured)).toBe(formatGate(report));
});

test('formatRecomputed() says that a record holds, or names what does not', () => {
  const record = { header: aHeader(), blocks: [], result: { status: 'pass' } };
  expect(formatRecomputed({ record, differences: [] })).toBe(
    'echo of 2026-03-01T12:00:00.000Z: every number follows from the recorded blocks.\n',
  );
  const text = formatRecomputed({ record, differences: ['result.status is written down'] });
  expect(text).toContain(
    '1 number of the record is not what the blocks say\n  result.status is written down\n',
  );
  const { result: _, ...unfinished } = record;
  expect(formatRecomputed({ record: unfinished, differences: [] })).toContain('no answer to compare');
});
