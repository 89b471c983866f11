import { existsSync, lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTree, installPackages, mayShare, sharePackages } from './install.ts';
import { aFolder, aPackage } from './testing.ts';

function aTree(files: Record<string, string> = aPackage()): string {
  const folder = aFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

test('installPackages() refuses a package without a lock file, in the words of npm', async () => {
  const { 'package.json': about = '' } = aPackage();
  const cwd = aTree({ 'package.json': about });
  await expect(installPackages('the base "main"', { cwd })).rejects.toMatchObject({
    code: 'BUILD_FAILED',
    exitCode: 104,
    message: expect.stringMatching(
      /^Cannot install the packages of the base "main": npm ended with 1: .*package-lock\.json.*$/,
    ),
  });
});

test('installPackages() runs no script of anybody', async () => {
  const { 'package.json': about = '', ...lock } = aPackage();
  const scripts = { preinstall: 'touch ran', install: 'touch ran', prepare: 'touch ran' };
  const cwd = aTree({ ...lock, 'package.json': JSON.stringify({ ...JSON.parse(about), scripts }) });
  await installPackages('the base', { cwd });
  expect(existsSync(join(cwd, 'ran'))).toBe(false);
});

test('buildTree() compiles, and says why it could not', async () => {
  const good = aTree({ ...aPackage(), value: '1' });
  await buildTree('the base', { cwd: good });
  expect(existsSync(join(good, 'dist/server/index.js'))).toBe(true);
  const bad = aTree(aPackage('echo "a.ts(1,1): error TS1005" && exit 2'));
  await expect(buildTree('the candidate, the working tree', { cwd: bad })).rejects.toThrow(
    /^Cannot build the candidate, the working tree: npm ended with 2: a\.ts\(1,1\): error TS1005$/,
  );
  const idle = aTree(aPackage('mkdir dist'));
  await expect(buildTree('the base', { cwd: idle })).rejects.toMatchObject({
    code: 'BUILD_FAILED',
    message: 'Cannot use the base: "npm run build" made no dist/server/index.js',
  });
});

test('mayShare() wants the same lock file, and every package of it in place', async () => {
  const packages = {
    'node_modules/a': { version: '1.0.0' },
    'node_modules/for-another-system': { version: '1.0.0', optional: true },
  };
  const lock = JSON.stringify({ packages: { '': {}, ...packages } });
  const [tree, other] = [aTree({ 'package-lock.json': lock }), aTree({ 'package-lock.json': lock })];
  expect(await mayShare(tree, other)).toBe(false);
  const installed = join(other, 'node_modules/.package-lock.json');
  mkdirSync(join(other, 'node_modules'));
  writeFileSync(installed, JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.1' } } }));
  expect(await mayShare(tree, other)).toBe(false);
  writeFileSync(installed, JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } }));
  expect(await mayShare(tree, other)).toBe(true);
  expect(await mayShare(aTree({ 'package-lock.json': `${lock}\n` }), other)).toBe(false);
  await sharePackages(tree, other);
  expect(lstatSync(join(tree, 'node_modules')).isSymbolicLink()).toBe(true);
});
