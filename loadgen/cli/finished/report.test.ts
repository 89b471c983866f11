import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gateLines, toText } from '../../../reports/gate-report/testing.ts';
import { writeReports } from '../../../reports/index.ts';
import { aPlan } from '../../../reports/plan/testing.ts';
import { toRun } from '../../results/index.ts';
import { aComparison } from '../../results/peers/testing.ts';
import { syntheticRun } from '../../testing.ts';
import { addReport } from './report.ts';
import { changed, waysInto } from './testing.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-test-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

test('addReport() makes the pages of a record, named by its folder or by itself', async () => {
  const record = join(folder, 'run.jsonl');
  const lines = syntheticRun({ users: 20, workers: 1, seconds: 3 });
  writeFileSync(record, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const program = new Command().exitOverride();
  addReport(program);
  for (const path of [folder, record]) {
    const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await program.parseAsync(['report', path], { from: 'user' });
    const text = said.mock.calls.map(([part]) => part).join('');
    said.mockRestore();
    for (const file of ['run.jsonl', 'report.html', 'junit.xml']) expect(text).toContain(join(folder, file));
  }
});

test('addReport() leaves the reports of another run alone, beside which a page was put', async () => {
  const run = toRun(syntheticRun({ users: 20, workers: 1, seconds: 3 }));
  const page = join(folder, 'sent.html');
  await writeReports(run, folder);
  copyFileSync(join(folder, 'report.html'), page);
  const other = '{"startedAt":"2025-05-05T05:05:05.000Z"}';
  writeFileSync(join(folder, 'summary.json'), other);
  const program = new Command().exitOverride();
  addReport(program);
  await expect(program.parseAsync(['report', page], { from: 'user' })).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: `Cannot write the reports of "${page}" beside it: there is the summary.json of another run, wanted is a folder of its own`,
  });
  expect(readFileSync(join(folder, 'summary.json'), 'utf8')).toBe(other);
});

test('addReport() makes the pages of a comparison, named by its folder or by itself', async () => {
  const path = join(folder, 'peers.json');
  writeFileSync(path, JSON.stringify(aComparison()));
  const program = new Command().exitOverride();
  addReport(program);
  for (const named of [folder, path]) {
    const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await program.parseAsync(['report', named], { from: 'user' });
    const text = said.mock.calls.map(([part]) => part).join('');
    said.mockRestore();
    expect(text).toContain('2 of 3 targets are met.');
    for (const file of ['peers.html', 'peers.json', 'peers.md']) expect(text).toContain(join(folder, file));
  }
  writeFileSync(path, '{}');
  await expect(program.parseAsync(['report', path], { from: 'user' })).rejects.toMatchObject({
    code: 'RECORD_INVALID',
  });
});

test('addReport() makes the pages of a plan, named by its folder or by itself, and refuses one that is cut short', async () => {
  const path = join(folder, 'plan.json');
  const text = JSON.stringify(aPlan());
  const program = new Command().exitOverride();
  addReport(program);
  for (const named of [folder, path]) {
    writeFileSync(path, text);
    const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await program.parseAsync(['report', named], { from: 'user' });
    const told = said.mock.calls.map(([part]) => part).join('');
    said.mockRestore();
    for (const file of ['plan.html', 'plan.md', 'plan.csv']) expect(told).toContain(join(folder, file));
  }
  writeFileSync(path, text.slice(0, 500));
  await expect(program.parseAsync(['report', folder], { from: 'user' })).rejects.toMatchObject({
    code: 'RECORD_INVALID',
  });
  expect(readFileSync(path, 'utf8')).toBe(text.slice(0, 500));
});

test('addReport() makes a page of all runs when the folder holds folders of runs', async () => {
  await writeReports(toRun(syntheticRun({ users: 20, workers: 1, seconds: 3 })), join(folder, 'first'));
  const program = new Command().exitOverride();
  addReport(program);
  const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await program.parseAsync(['report', folder], { from: 'user' });
  expect(said.mock.calls.map(([part]) => part).join('')).toBe(`${join(folder, 'index.html')}\n`);
  expect(readFileSync(join(folder, 'index.html'), 'utf8')).toContain('first/report.html');
});

test('addReport() makes the pages of a gate, named by its folder or by its record', async () => {
  const [record, ledger] = [join(folder, 'gate.jsonl'), join(folder, 'ledger.jsonl')];
  writeFileSync(record, toText(await gateLines('lossy')));
  writeFileSync(ledger, '');
  const program = new Command().exitOverride();
  addReport(program);
  for (const path of [folder, record]) {
    const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await program.parseAsync(['report', path, '--ledger', ledger], { from: 'user' });
    const text = said.mock.calls.map(([part]) => part).join('');
    said.mockRestore();
    expect(text).toContain('REGRESSION  The candidate breaks its word: 1 lost');
    expect(text).toContain('every number follows from the recorded blocks');
    for (const file of ['gate.jsonl', 'gate.html', 'gate.json', 'gate.md', 'blocks.csv'])
      expect(text).toContain(join(folder, file));
  }
});

test('addReport() tells of a record that lacks anything, or has it otherwise, in one sentence', async () => {
  const http = { type: 'http', start: 1, seconds: 2, status: { 200: 7 }, errors: 0, timedOut: 0 };
  const lines: object[] = [...syntheticRun({ users: 20, workers: 1, seconds: 1 }).slice(0, 8), http];
  lines.push(...syntheticRun({ users: 20, workers: 1, seconds: 1 }).slice(-2));
  const ways = lines.flatMap((line, index) => waysInto(line).map((way) => [String(index), ...way]));
  const values = fc.constantFrom(undefined, null, 'x', -1, 1.5, true, [], {});
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const record = join(folder, 'run.jsonl');
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...ways), values, async (way, to) => {
      writeFileSync(
        record,
        changed(lines, way, to)
          .map((line) => `${JSON.stringify(line)}\n`)
          .join(''),
      );
      const program = new Command().exitOverride();
      addReport(program);
      const error: unknown = await program
        .parseAsync(['report', record], { from: 'user' })
        .catch((why) => why);
      if (error === program) return;
      expect(error).toMatchObject({ code: 'RECORD_INVALID', exitCode: 104 });
      expect(String(error)).toMatch(/^\S*: Cannot read .*: wanted .* in line \d+$/);
    }),
    { numRuns: 150, seed: 4 },
  );
});
