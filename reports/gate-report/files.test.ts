import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { anEntry } from '../gate/ledger/testing.ts';
import { writeGateReports, writeTrend } from './files.ts';
import { aLedger, gateLines, toText } from './testing.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gate-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('writeGateReports() writes every page beside the record, and the same again', async () => {
  const path = join(folder, 'gate.jsonl');
  writeFileSync(path, toText(await gateLines('slower')));
  const { report, files, recomputed } = await writeGateReports(path, { ledger: aLedger() });
  expect(files.map((file) => basename(file))).toEqual([
    'gate.html',
    'gate.json',
    'gate.md',
    'junit.xml',
    'blocks.csv',
    'annotations.txt',
  ]);
  expect(JSON.parse(readFileSync(join(folder, 'gate.json'), 'utf8'))).toEqual(report);
  expect(recomputed.differences).toEqual([]);
  const before = files.map((file) => readFileSync(file, 'utf8'));
  await writeGateReports(path, { ledger: aLedger() });
  expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(before);
});

test('writeGateReports() tells what the blocks say, and what was written down otherwise', async () => {
  const path = join(folder, 'gate.jsonl');
  const text = toText(await gateLines('slower'));
  writeFileSync(path, text.replace('"status":"regression"', '"status":"pass"'));
  const { report, recomputed } = await writeGateReports(path);
  expect(report.status).toBe('regression');
  expect(recomputed.differences).toEqual([
    'result.status is written down as "pass": the blocks say "regression"',
  ]);
});

test('writeGateReports() tells a job that was cut short', async () => {
  const path = join(folder, 'gate.jsonl');
  const lines = await gateLines('equal');
  writeFileSync(path, toText(lines.slice(0, 6)).slice(0, -40));
  const { report } = await writeGateReports(path);
  expect(report).toMatchObject({ status: 'inconclusive', isFinished: false, blocks: { measured: 4 } });
  expect(report.sentence).toBe('The job ended after 4 of at most 32 blocks: it has no answer');
});

test('writeGateReports() of a foreign file writes nothing', async () => {
  const path = join(folder, 'gate.jsonl');
  writeFileSync(path, '{"type":"header"}\n');
  await expect(writeGateReports(path)).rejects.toMatchObject({ code: 'RECORD_INVALID' });
  expect(readdirSync(folder)).toEqual(['gate.jsonl']);
});

test('writeTrend() writes the page of a ledger, and none of a file that is none', async () => {
  const [ledger, page] = [join(folder, 'ledger.jsonl'), join(folder, 'trend.html')];
  writeFileSync(ledger, 'something\n');
  await expect(writeTrend(ledger, page)).rejects.toMatchObject({ code: 'RECORD_INVALID' });
  expect(existsSync(page)).toBe(false);
  writeFileSync(ledger, `${JSON.stringify(anEntry())}\n`);
  expect(await writeTrend(ledger, page)).toHaveLength(1);
  expect(readFileSync(page, 'utf8')).toContain('CPU per message');
});
