import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aHistory } from '../../../reports/gate-report/trend/testing.ts';
import { addTrend } from './trend.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trend-test-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function trend(ledger: string, ...words: string[]): Promise<Command> {
  const program = new Command().exitOverride();
  addTrend(program);
  const page = join(folder, 'trend.html');
  return program.parseAsync(['trend', ledger, '--out', page, ...words], { from: 'user' });
}

test('addTrend() prints what changed and stayed, and writes page and series', async () => {
  const [ledger, json] = [join(folder, 'ledger.jsonl'), join(folder, 'trend.json')];
  writeFileSync(
    ledger,
    aHistory()
      .map((entry) => `${JSON.stringify(entry)}\n`)
      .join(''),
  );
  const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await trend(ledger, '--json', json);
  const text = said.mock.calls.map(([part]) => part).join('');
  expect(text).toContain('After c22, up to c24: CPU per message');
  expect(readFileSync(join(folder, 'trend.html'), 'utf8')).toContain('After c22, up to c24');
  expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject([
    { metric: 'cpu', changes: [{ at: 22, kind: 'lasting' }] },
    { metric: 'p50', changes: [{ at: 23, kind: 'lasting' }] },
  ]);
});

test('addTrend() says of a ledger that is not there what is wanted, and writes nothing', async () => {
  await expect(trend(join(folder, 'none.jsonl'))).rejects.toMatchObject({ code: 'RECORD_INVALID' });
  expect(existsSync(join(folder, 'trend.html'))).toBe(false);
});
