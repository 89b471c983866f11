import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { writeReports } from '../../../reports/index.ts';
import { toRun } from '../../results/index.ts';
import { syntheticRun } from '../../testing.ts';
import { addCompare } from './compare.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'compare-test-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

async function pageOf(name: string, users: number): Promise<string> {
  const [page = ''] = await writeReports(
    toRun(syntheticRun({ users, workers: 2, seconds: 5 })),
    join(folder, name),
  );
  return page;
}

function compare(...words: string[]): Promise<Command> {
  const program = new Command().exitOverride();
  addCompare(program);
  return program.parseAsync(['compare', ...words, '--out', join(folder, 'out.html')], { from: 'user' });
}

test('addCompare() prints a table of runs, here read from their pages, and writes a page', async () => {
  const [one, other] = [await pageOf('one', 20), await pageOf('other', 20)];
  const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const json = join(folder, 'out.json');
  await compare(one, other, '--json', json);
  const text = said.mock.calls.map(([part]) => part).join('');
  expect(text).toMatch(/Response p99, ms +[\d.]+ +[\d.]+ +\+0\.0 %/);
  expect(readFileSync(join(folder, 'out.html'), 'utf8')).toContain('<h1>synthetic</h1>');
  expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({
    runs: [{ source: one }, { source: other }],
  });
});

test('addCompare() refuses runs of different loads and writes nothing', async () => {
  const [one, other] = [await pageOf('one', 20), await pageOf('other', 30)];
  await expect(compare(one, other)).rejects.toMatchObject({ code: 'RUNS_DIFFER', exitCode: 104 });
  expect(existsSync(join(folder, 'out.html'))).toBe(false);
});
