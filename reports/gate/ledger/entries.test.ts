import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { appendEntry, readLedger } from './entries.ts';
import { anEntry } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('readLedger() reads what appendEntry() appended, in its order', () => {
  const path = join(folder, 'ledger.jsonl');
  const entries = [
    anEntry(),
    anEntry({ injected: { name: 'parse', effect: 0.05 } }),
    anEntry({ seed: '01' }),
  ];
  for (const entry of entries) appendEntry(path, entry);
  expect(readLedger(path)).toEqual(entries);
});

test('appendEntry() makes the folder, and says in one sentence that nothing can be written', () => {
  const path = join(folder, 'deep', 'ledger.jsonl');
  appendEntry(path, anEntry());
  expect(readLedger(path)).toHaveLength(1);
  expect(() => appendEntry('/dev/full', anEntry())).toThrow(
    'Cannot write ledger "/dev/full": no space left; the jobs before are kept',
  );
  expect(() => appendEntry(folder, anEntry())).toThrow(
    `Cannot write ledger "${folder}": wanted a file that can be appended to (EISDIR)`,
  );
});

test('readLedger() takes hosts of early lines for those they are called now', () => {
  const path = join(folder, 'early.jsonl');
  for (const runner of ['2 × a processor, Node v20', '2 × a processor, Node 20'])
    appendEntry(path, anEntry({ runner }));
  expect(new Set(readLedger(path).map(({ runner }) => runner))).toEqual(
    new Set(['2 × a processor, Node 20']),
  );
});

test('readLedger() says in one sentence that there is no such file', () => {
  const path = join(folder, 'none.jsonl');
  expect(() => readLedger(path)).toThrow(`Cannot read ledger "${path}": wanted a file that exists`);
});

test.each([
  ['a foreign line', '{"name":"something"}'],
  ['half a line', '{"version":1,"at'],
  ['a newer version', JSON.stringify(anEntry({ version: 2 }))],
])('readLedger() refuses %s', (name, line) => {
  const path = join(folder, name);
  appendEntry(path, anEntry());
  appendFileSync(path, `${line}\n`);
  expect(() => readLedger(path)).toThrow(`Cannot read line 2 of ledger "${path}"`);
});
