import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeWhole } from './write-whole.ts';

test('writeWhole() replaces what was there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'write-whole-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'page.html');
  await writeWhole(path, 'a longer text');
  await writeWhole(path, 'text');
  expect(readFileSync(path, 'utf8')).toBe('text');
});

test('writeWhole() throws what the file system says, and leaves devices where they are', async () => {
  await expect(writeWhole('/dev/full', 'text')).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(existsSync('/dev/full')).toBe(true);
  await expect(writeWhole('/nowhere/page.html', 'text')).rejects.toMatchObject({ code: 'ENOENT' });
});
