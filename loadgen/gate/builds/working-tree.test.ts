import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aFolder, aRepository } from './testing.ts';
import { copyWorkingTree } from './working-tree.ts';

test('copyWorkingTree() copies what is there: edited and new files, links and rights, nothing ignored', async () => {
  const { folder, commit, write } = aRepository();
  commit({ gone: 'x', 'scripts/run': '#!/bin/sh\n' });
  rmSync(join(folder, 'gone'));
  write({ value: 'edited', 'deep/new': 'new', 'dist/old': 'old' });
  chmodSync(join(folder, 'scripts/run'), 0o755);
  symlinkSync('value', join(folder, 'link'));
  const copy = join(aFolder(), 'two');
  await copyWorkingTree(folder, copy);
  expect(readdirSync(copy).sort()).toEqual(
    ['.gitignore', 'deep', 'link', 'package-lock.json', 'package.json', 'scripts', 'value'].sort(),
  );
  expect(readFileSync(join(copy, 'link'), 'utf8')).toBe('edited');
  expect(lstatSync(join(copy, 'link')).isSymbolicLink()).toBe(true);
  expect(lstatSync(join(copy, 'scripts/run')).mode & 0o111).toBe(0o111);
  write({ value: 'edited later' });
  expect(readFileSync(join(copy, 'value'), 'utf8')).toBe('edited');
});

test('copyWorkingTree() leaves out repositories inside, which git does not look into', async () => {
  const { folder, write, git } = aRepository();
  mkdirSync(join(folder, 'inner'));
  git('init', '--quiet', 'inner');
  write({ 'inner/file': '' });
  const copy = join(aFolder(), 'two');
  await copyWorkingTree(folder, copy);
  expect(readdirSync(copy)).not.toContain('inner');
});
