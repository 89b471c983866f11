import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeAll, writePage } from './write-files.ts';

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

test('writeAll() writes what can be written, and names what cannot', async () => {
  symlinkSync('/dev/full', join(folder, 'page.html'));
  symlinkSync('/dev/full', join(folder, 'table.csv'));
  const contents = { 'page.html': 'a long text', 'sum.txt': 'text', 'table.csv': '1,2' };
  await expect(writeAll(folder, contents)).rejects.toMatchObject({
    code: 'RESULTS_UNWRITTEN',
    message: `Cannot write page.html, table.csv to "${folder}": no space left`,
  });
  expect(readFileSync(join(folder, 'sum.txt'), 'utf8')).toBe('text');
  mkdirSync(join(folder, 'sub', 'a.txt'), { recursive: true });
  await expect(writeAll(join(folder, 'sub'), { 'a.txt': '', 'b.txt': '' })).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: `Cannot write a.txt to "${join(folder, 'sub')}": wanted a folder that can be written to (EISDIR)`,
  });
  expect(readdirSync(join(folder, 'sub'))).toEqual(['a.txt', 'b.txt']);
});

test('writeAll() ends where no folder can be made', async () => {
  await expect(writeAll('/proc/nowhere/below', { 'page.html': '' })).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: 'Cannot write reports to "/proc/nowhere/below": wanted a folder that can be written to (ENOENT)',
  });
});

test('writePage() makes the folder, and says in one sentence that a folder is no file', async () => {
  const place = join(folder, 'new');
  await writePage(join(place, 'page.html'), 'page');
  expect(readFileSync(join(place, 'page.html'), 'utf8')).toBe('page');
  await expect(writePage(place, 'page')).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: `Cannot write "${place}": wanted a file that can be written to (EISDIR)`,
  });
});
