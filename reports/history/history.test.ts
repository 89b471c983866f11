import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { healthySummary } from '../testing.ts';
import { readHistory } from './history.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(name: string, text: string): void {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, 'summary.json'), text);
}

function summaryOf(scenario: string, startedAt: string): string {
  return JSON.stringify({ ...healthySummary(), scenario, startedAt });
}

test('readHistory() puts the runs of each scenario in the order of their time', async () => {
  put('a', summaryOf('rooms', '2026-03-02T00:00:00.000Z'));
  put('b', summaryOf('rooms', '2026-03-01T00:00:00.000Z'));
  put('c', summaryOf('echo', '2026-03-03T00:00:00.000Z'));
  mkdirSync(join(folder, 'notes'));
  const { scenarios, unreadable } = await readHistory(folder);
  expect(scenarios.map(({ name, runs }) => [name, runs.map((run) => run.folder)])).toEqual([
    ['echo', ['c']],
    ['rooms', ['b', 'a']],
  ]);
  expect(unreadable).toEqual([]);
});

test('readHistory() names the runs that it cannot read and goes on', async () => {
  put('good', summaryOf('rooms', '2026-03-02T00:00:00.000Z'));
  put('cut-off', '{"version": 2, "scena');
  put('foreign', '{"version": 7}');
  mkdirSync(join(folder, 'killed'));
  writeFileSync(join(folder, 'killed', 'run.jsonl'), '{"type": "header"');
  expect((await readHistory(folder)).unreadable).toEqual(['cut-off', 'foreign', 'killed']);
});

test('readHistory() says what is wanted of a folder without runs, or that is not there', async () => {
  await expect(readHistory(folder)).rejects.toThrow('none is there, wanted folders with a summary.json');
  await expect(readHistory(join(folder, 'nosuch'))).rejects.toThrow('wanted a folder that exists');
});
