import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { installPackages } from './packages.ts';

/** A folder, with a program in npm's place that does what a test says. */
async function scene(script: string): Promise<{ where: string; npm: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'peers-packages-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const npm = join(folder, 'npm');
  await writeFile(npm, `#!/bin/sh\n${script}\n`);
  await chmod(npm, 0o755);
  return { where: `${folder}/`, npm };
}

test('installPackages() says that it installs, where the lock file lies, and only once', async () => {
  const place = await scene(
    'echo "$@ in $(pwd)" >> asked; mkdir -p node_modules; touch node_modules/.package-lock.json',
  );
  const said: string[] = [];
  await installPackages((text) => said.push(text), place);
  await installPackages((text) => said.push(text), place);
  expect(said).toEqual(['Installing the other servers (once): npm ci']);
  expect(await readFile(join(place.where, 'asked'), 'utf8')).toBe(
    `ci --ignore-scripts in ${place.where.slice(0, -1)}\n`,
  );
});

test('installPackages() ends with one sentence when npm fails', async () => {
  const place = await scene(
    'echo "npm error code ENOTFOUND" >&2; echo "npm error network request failed" >&2; exit 1',
  );
  await mkdir(join(place.where, 'node_modules'));
  await expect(installPackages(() => {}, place)).rejects.toMatchObject({
    code: 'PEERS_MISSING',
    exitCode: 104,
    message: `Cannot install the other servers in "${place.where}": network request failed`,
  });
});

test('installPackages() calls other packages what it is told to', async () => {
  const place = await scene('exit 1');
  const said: string[] = [];
  const installed = installPackages((text) => said.push(text), { ...place, what: 'Artillery' });
  await expect(installed).rejects.toThrow('Cannot install Artillery in');
  expect(said).toEqual(['Installing Artillery (once): npm ci']);
});

test('installPackages() tells the reason when there is no npm at all', async () => {
  const { where } = await scene('');
  await expect(installPackages(() => {}, { where, npm: join(where, 'nothing') })).rejects.toThrow('ENOENT');
});
