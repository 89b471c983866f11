import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeFolder } from './folder.ts';

const root = mkdtempSync(join(tmpdir(), 'folder-test-'));
afterAll(() => rmSync(root, { recursive: true }));

test('makeFolder() makes a folder with all it lies in, and takes one that is there', () => {
  const folder = join(root, 'a', 'b', 'c');
  expect(makeFolder(folder)).toBe(folder);
  expect(statSync(folder).isDirectory()).toBe(true);
  expect(makeFolder(folder)).toBe(folder);
});

test('makeFolder() refuses what is no folder and cannot become one, and ends in /proc', () => {
  const file = join(root, 'file');
  writeFileSync(file, '');
  for (const folder of [file, join(file, 'below'), '/proc/nowhere', '/proc/nowhere/below']) {
    expect(() => makeFolder(folder)).toThrow(`Cannot write results to "${folder}"`);
  }
});
