import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { appendLine } from './append-line.ts';

function filePath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'append-line-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'lines.jsonl');
}

test('appendLine() makes the file, and adds to it', () => {
  const path = filePath();
  appendLine(path, { count: 1 });
  appendLine(path, { count: 2 });
  expect(readFileSync(path, 'utf8')).toBe('{"count":1}\n{"count":2}\n');
});

test('appendLine() throws what the file system says', () => {
  expect(() => appendLine('/dev/full', {})).toThrow(expect.objectContaining({ code: 'ENOSPC' }));
  expect(() => appendLine(join(filePath(), 'below'), {})).toThrow(
    expect.objectContaining({ code: 'ENOENT' }),
  );
});
