import { mkdir, readdir, readFile, realpath, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createApplication } from './create-application.ts';
import { makeFolder } from './testing.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

test('createApplication() writes an application that bears the name of its folder', async () => {
  const target = join(await makeFolder(), 'myApp');
  const { folder } = await createApplication(target);
  expect(folder).toBe(target);
  const names = await readdir(target); // Not what lies below: node_modules leads to all of this package.
  expect(names).toEqual(expect.arrayContaining(['.gitignore', 'server.js', 'worker.js', 'public']));
  expect(names).not.toContain('gitignore');
  const texts = await Promise.all(
    ['server.js', 'README.md', 'public/index.html'].map((name) => readFile(join(target, name), 'utf8')),
  );
  for (const text of texts) {
    expect(text).toContain('myApp');
    expect(text).not.toContain('{{');
  }
});

test('createApplication() makes a package npm can read, linked to this one', async () => {
  const target = join(await makeFolder(), 'myApp');
  const { packageFolder } = await createApplication(target, { template: 'commonjs' });
  const written = JSON.parse(await readFile(join(target, 'package.json'), 'utf8'));
  expect(written).toMatchObject({ name: 'myapp', type: 'commonjs', private: true });
  expect(written.dependencies).toEqual({ socketcluster: `file:${packageFolder}` });
  expect(await realpath(join(target, 'node_modules/socketcluster'))).toBe(await realpath(ROOT));
});

test('createApplication() leaves node_modules alone without link', async () => {
  const target = join(await makeFolder(), 'app');
  await createApplication(target, { link: false });
  expect(await readdir(target)).not.toContain('node_modules');
});

test('createApplication() refuses a folder that is not empty, and names the way out', async () => {
  const target = await makeFolder();
  await writeFile(join(target, 'mine.txt'), 'mine');
  await expect(createApplication(target)).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    exitCode: 104,
    message: `Cannot create application "${target}": the folder is not empty, wanted is a new one, or --force to write into it`,
  });
  expect(await readdir(target)).toEqual(['mine.txt']);
});

test('createApplication() writes into an empty folder, and with force over its own files but no others', async () => {
  const target = join(await makeFolder(), 'app');
  await mkdir(target);
  await createApplication(target);
  await writeFile(join(target, 'mine.txt'), 'mine');
  await writeFile(join(target, 'worker.js'), 'changed');
  await createApplication(target, { force: true });
  expect(await readFile(join(target, 'mine.txt'), 'utf8')).toBe('mine');
  expect(await readFile(join(target, 'worker.js'), 'utf8')).toContain('export function run');
});

test('createApplication() refuses a name that would have to be quoted', async () => {
  const folder = await makeFolder();
  for (const name of ['<b>"app"<b>', '-dash', '.hidden']) {
    await expect(createApplication(join(folder, name))).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: expect.stringContaining(`its name is "${name}", wanted is a letter or a digit, followed by`),
    });
  }
  await expect(createApplication('')).rejects.toThrow('Cannot create application "": its name is ""');
});

test('createApplication() refuses a file in place of a folder', async () => {
  const target = join(await makeFolder(), 'file');
  await writeFile(target, '');
  for (const force of [false, true]) {
    await expect(createApplication(target, { force })).rejects.toThrow(
      /^Cannot create application .* ENOTDIR/,
    );
  }
});

test('createApplication() gives TypeScript applications the compiler that this package is tested with', async () => {
  const path = 'server/create/templates/typescript/package.json';
  const { devDependencies } = JSON.parse(await readFile(join(ROOT, path), 'utf8'));
  const own = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')).devDependencies;
  expect(Object.keys(devDependencies).length).toBeGreaterThan(0);
  expect(own).toMatchObject(devDependencies);
});

test('createApplication() replaces its own link by force, and never what somebody else has put there', async () => {
  const target = join(await makeFolder(), 'app');
  await createApplication(target);
  await createApplication(target, { force: true });
  const place = join(target, 'node_modules/socketcluster');
  await unlink(place);
  await mkdir(place);
  await writeFile(join(place, 'mine.txt'), 'mine');
  await expect(createApplication(target, { force: true })).rejects.toThrow(
    'is no link, wanted is none, or --no-link',
  );
  expect(await readdir(place)).toEqual(['mine.txt']);
  await createApplication(target, { force: true, link: false });
});
