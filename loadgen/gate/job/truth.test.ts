import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { appendEntry, type Result, type Row, readLedger } from '../../../reports/gate/index.ts';
import { aHeader } from '../../../reports/gate/record/testing.ts';
import { entryOf, type KnownJob, keepInLedger, quarantinedIn } from './truth.ts';

const row: Row = {
  ...{ metric: 'cpu', verdict: 'unchanged', method: 'signed-rank', blocks: 12, effect: 0.002 },
  ...{ lower: -0.01, upper: 0.01, pWorse: 0.4, limit: 0.0005, spread: 0.03, detectable: 0.04 },
  ...{ blocksNeeded: 10, base: 20, candidate: 20, differences: [] },
};

const { verdict: _, ...watched }: Row = { ...row, metric: 'p99' };

const result: Result = {
  ...{ status: 'pass', reasons: [], isFinished: true, blocks: { measured: 12, judged: 12 } },
  rows: [row, watched],
  faults: { base: none(), candidate: none() },
  disturbed: {
    ...{ pairs: 96, disturbedPairs: 0, blocksAgain: 0, windows: { base: 0, candidate: 0 } },
    ...{ pUneven: 1, causes: {} },
  },
};

function none(): { lost: number; duplicated: number; reordered: number } {
  return { lost: 0, duplicated: 0, reordered: 0 };
}

type JobChanges = Partial<Pick<KnownJob, 'isEqual' | 'isStep'>> & {
  header?: Partial<KnownJob['header']>;
  result?: Partial<Result>;
};

function job({ header, result: changes, isEqual = true, isStep = true }: JobChanges = {}): KnownJob {
  return { header: aHeader(header), result: { ...result, ...changes }, isEqual, isStep };
}

function ledgerFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'truth-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'not there yet', 'ledger.jsonl');
}

test('keepInLedger() makes the ledger with its first job, and adds the next', () => {
  const ledger = ledgerFile();
  expect(keepInLedger(ledger, job())).toBe(true);
  expect(keepInLedger(ledger, job({ header: { injected: 'parse:5' } }))).toBe(true);
  expect(keepInLedger(ledger, job({ header: { injected: 'stall:30' } }))).toBe(true);
  const [equal, parse, stall] = readLedger(ledger);
  expect(equal).toEqual({
    ...{ version: 1, at: '2026-03-01T12:00:00.000Z', scenario: 'echo', seed: aHeader().seed },
    runner: '2 × a processor, Node 20',
    findings: [
      { metric: 'cpu', verdict: 'unchanged', effect: 0.002, spread: 0.03, blocks: 12, level: 0.0025 },
    ],
  });
  expect(parse?.injected).toEqual({ name: 'parse:5', effect: 0.05 });
  expect(stall?.injected).toEqual({ name: 'stall:30', effect: 0 });
});

const step = { isEqual: false, isStep: true };

test('keepInLedger() keeps a step of the history with its commits', () => {
  const ledger = ledgerFile();
  expect(keepInLedger(ledger, job(step))).toBe(true);
  expect(readLedger(ledger)).toMatchObject([{ commits: { base: 'a1', candidate: 'b2' } }]);
});

test.each<[string, JobChanges]>([
  ['that repeats a step', { ...step, header: { attempt: 2 } }],
  ['with a slowdown in a step', { ...step, header: { injected: 'parse:5' } }],
  ['of builds that may differ', { isEqual: false, isStep: false }],
  ['that did not come to its end', { result: { isFinished: false } }],
  ['that cannot be believed', { result: { status: 'invalid' } }],
  ['that found nothing', { result: { rows: [watched] } }],
])('keepInLedger() keeps out a job %s', (_what, changes) => {
  const ledger = ledgerFile();
  expect(keepInLedger(ledger, job(changes))).toBe(false);
  expect(existsSync(ledger)).toBe(false);
});

test('quarantinedIn() names metrics with too many false alarms in the same scenario on such a host', () => {
  const ledger = ledgerFile();
  const header = aHeader();
  expect(quarantinedIn(ledger, header)).toEqual([]);
  keepInLedger(ledger, job());
  const red = job({ result: { status: 'regression', rows: [{ ...row, verdict: 'regression' }] } });
  const entry = entryOf(red) ?? expect.fail('no entry');
  for (let count = 0; count < 3; count += 1) appendEntry(ledger, entry);
  expect(quarantinedIn(ledger, header)).toEqual(['cpu']);
  expect(quarantinedIn(ledger, { ...header, scenario: 'another' })).toEqual([]);
  expect(quarantinedIn(ledger, { ...header, host: { ...header.host, cpus: 4 } })).toEqual([]);
  expect(quarantinedIn(undefined, header)).toEqual([]);
});
