import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeAll } from './write-files.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'write-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('writeAll() makes the folder and gives the paths in their order', async () => {
  const place = join(folder, 'deep', 'deeper');
  const paths = await writeAll(place, { 'b.txt': 'one', 'a.txt': 'other' });
  expect(paths).toEqual([join(place, 'b.txt'), join(place, 'a.txt')]);
  expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(['one', 'other']);
});

test('writeAll() says in one sentence what kept it from writing', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  await expect(writeAll(file, { 'a.txt': '' })).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: `Cannot write reports to "${file}": wanted a folder that can be written to (EEXIST)`,
  });
});
