import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makePath } from './make-path.ts';

test('makePath() makes all that is missing, takes what is there, and ends where nothing can be made', () => {
  const root = mkdtempSync(join(tmpdir(), 'make-path-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const folder = join(root, 'a', 'b');
  for (let n = 0; n < 2; n += 1) makePath(folder);
  expect(statSync(folder).isDirectory()).toBe(true);
  writeFileSync(join(root, 'file'), '');
  expect(() => makePath(join(root, 'file', 'below'))).toThrow('ENOTDIR');
  expect(() => makePath('/proc/nowhere/below')).toThrow('ENOENT');
});
