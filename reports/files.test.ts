import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRun } from '../loadgen/results/index.ts';
import { writeReports } from './files.ts';
import { formatSummary } from './summary.ts';
import { healthyRun } from './testing.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reports-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

test('writeReports() writes all files into a folder it makes, the page first', async () => {
  const run = healthyRun();
  const paths = await writeReports(run, join(folder, 'a', 'b'));
  expect(paths.map((path) => basename(path))).toEqual([
    'report.html',
    'summary.json',
    'summary.md',
    'junit.xml',
    'seconds.csv',
    'metrics.prom',
  ]);
  const [, json = ''] = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
  expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(run.summary)));
});

test('writeReports() makes every page of a record of version 1', async () => {
  const record = new URL('../loadgen/results/version-1/run.jsonl', import.meta.url);
  const run = await readRun(fileURLToPath(record));
  const [page = '', , markdown = '', junit = ''] = await Promise.all(
    (await writeReports(run, folder)).map((path) => readFile(path, 'utf8')),
  );
  expect(page).toContain('<h1>ping-pong</h1>');
  expect(markdown).toMatch(/\| response \| 0\.88 \| 1\.22 \| 1\.40 \|/);
  expect(junit).toContain('tests="7" failures="2" errors="0"');
  // As version 1 itself printed them.
  const text = formatSummary(run.summary);
  expect(text).toContain('24.5 round trips/s, 98.0 % of the 25.0 planned');
  expect(text).toContain('191 sent, 191 answered, 0 timed out, 0 lost, 0 in flight');
  expect(text).toMatch(/worker 1 +25 +12\.0 +0\.78 +1\.40 +0\.00 +66 +0\.73/);
});
