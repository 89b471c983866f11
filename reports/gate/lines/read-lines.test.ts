import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { readLines } from './read-lines.ts';

const kind = { name: 'list', file: 'a file', line: 'a count', schema: z.object({ count: z.int() }) };

function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'lines-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'list.jsonl'), text);
  return join(folder, 'list.jsonl');
}

test('readLines() gives all lines in order, and passes over empty ones', () => {
  expect(readLines(fileOf('{"count":1}\n\n{"count":2}\n'), kind)).toEqual([{ count: 1 }, { count: 2 }]);
});

test('readLines() names the first line that is none, counted from one, and a file that is not there', () => {
  for (const wrong of ['{"count":0.5}', '{"count":']) {
    expect(() => readLines(fileOf(`{"count":1}\n${wrong}`), kind)).toThrow(
      /^Cannot read line 2 of list ".+list\.jsonl": wanted a count$/,
    );
  }
  expect(() => readLines('/nowhere/list.jsonl', kind)).toThrow(
    'Cannot read list "/nowhere/list.jsonl": wanted a file',
  );
});
