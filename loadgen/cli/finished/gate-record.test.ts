import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findGateRecord } from './gate-record.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gate-record-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('findGateRecord() finds the record in the folder of a gate, and by its first line', () => {
  const [own, renamed] = [join(folder, 'gate.jsonl'), join(folder, 'other.jsonl')];
  for (const path of [own, renamed]) writeFileSync(path, '{"version":1,"type":"gate"}\n{"type":"blo');
  expect(findGateRecord(folder)).toBe(own);
  expect(findGateRecord(renamed)).toBe(renamed);
});

test.each([
  ['the record of a run', 'run.jsonl', '{"type":"header"}\n'],
  ['something else', 'text.jsonl', 'gate\n'],
  ['a page', 'gate.html', '{"type":"gate"}\n'],
])('findGateRecord() leaves %s alone', (_, name, text) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  expect(findGateRecord(path)).toBeUndefined();
});

test('findGateRecord() leaves a folder without a gate, and what is not there, alone', () => {
  mkdirSync(join(folder, 'run'));
  expect(findGateRecord(join(folder, 'run'))).toBeUndefined();
  expect(findGateRecord(join(folder, 'nothing'))).toBeUndefined();
});
