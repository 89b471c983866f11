import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepIn } from './keep.ts';

test('keepIn() keeps windows and totals, a file for each load process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keep-'));
  const keep = keepIn(folder, 'ab', () => expect.fail('nothing is wrong'));
  keep(0, { type: 'window', window: 1 });
  keep(0, { type: 'trace', text: '' });
  keep(0, { type: 'totals', totals: 2 });
  keep(1, { type: 'totals', totals: 3 });
  expect(readdirSync(folder)).toEqual(['ab-0.jsonl', 'ab-1.jsonl']);
  expect(readFileSync(join(folder, 'ab-0.jsonl'), 'utf8')).toBe(
    '{"type":"window","window":1}\n{"type":"totals","totals":2}\n',
  );
  rmSync(folder, { recursive: true });
});

test('keepIn() says once that nothing can be kept, and throws nothing', () => {
  const folder = join(tmpdir(), 'keep-none');
  const said: string[] = [];
  const keep = keepIn(folder, 'ab', (text) => said.push(text));
  for (const process of [0, 0, 1]) keep(process, { type: 'window', window: 1 });
  const file = join(folder, 'ab-0.jsonl');
  expect(said).toEqual([`Cannot write "${file}": wanted a folder that can be written to (ENOENT)`]);
});
