import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeReports } from './files.ts';
import { healthyRun } from './testing.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reports-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

test('writeReports() writes the four files into a folder it makes, the page first', async () => {
  const run = healthyRun();
  const paths = await writeReports(run, join(folder, 'a', 'b'));
  expect(paths.map((path) => basename(path))).toEqual([
    'report.html',
    'summary.json',
    'summary.md',
    'junit.xml',
  ]);
  const [, json = ''] = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
  expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(run.summary)));
});
