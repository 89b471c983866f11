import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeReports } from '../../../reports/index.ts';
import { toRun } from '../../results/index.ts';
import { syntheticRun } from '../../testing.ts';
import { openRun } from './open-run.ts';

const lines = syntheticRun({ users: 20, workers: 1, seconds: 3 });
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'open-run-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('openRun() reads the same summary from a folder, a record and a page', async () => {
  const { summary } = toRun(lines);
  const record = join(folder, 'run.jsonl');
  writeFileSync(record, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const [page = ''] = await writeReports(toRun(lines), folder);
  for (const [path, source] of [
    [folder, record],
    [record, record],
    [page, page],
  ] as const) {
    const opened = await openRun(path);
    expect(opened.run.summary).toEqual(summary);
    expect(opened.source).toBe(source);
  }
});

test('openRun() says what would be right of a file that holds no run', async () => {
  await writeReports(toRun(lines), folder);
  const path = join(folder, 'summary.json');
  await expect(openRun(path)).rejects.toMatchObject({
    code: 'RECORD_INVALID',
    message: `Cannot read a run out of "${path}": wanted the folder of a run, its run.jsonl, or its report.html`,
  });
});

test('openRun() says of a page that is not there or is none what is wanted', async () => {
  const path = join(folder, 'report.html');
  await expect(openRun(path)).rejects.toThrow(`Cannot read page "${path}": wanted a file that exists`);
  writeFileSync(path, '<html></html>');
  await expect(openRun(path)).rejects.toMatchObject({ code: 'RECORD_INVALID' });
});
