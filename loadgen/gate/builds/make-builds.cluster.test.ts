import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { planFolders } from '../../../reports/gate/index.ts';
import { makeBuilds } from './make-builds.ts';
import { findSources } from './source.ts';
import { aFolder, aPackage, aRepository } from './testing.ts';

const seed = '5eed';
let temporary = '';

beforeEach(() => {
  temporary = aFolder();
  vi.stubEnv('TMPDIR', temporary);
  return () => vi.unstubAllEnvs();
});

test('makeBuilds() builds a commit and a copy of the working tree side by side, and removes both', async () => {
  const { folder, write, git } = aRepository();
  write({ value: 'edited' });
  const sources = await findSources({ base: 'main' }, folder);
  const said: string[] = [];
  const { builds, remove } = await makeBuilds(sources, { seed, say: (text) => said.push(text) });
  write({ value: 'edited while the gate measures' });
  const { base, candidate } = builds;
  expect(leftBehind()).toHaveLength(1);
  expect(read(base.directory)).toBe('first');
  expect(read(candidate.directory)).toBe('edited');
  expect(base).toMatchObject({ name: 'base', commit: git('rev-parse', 'main') });
  expect(candidate).toMatchObject({ name: 'candidate', commit: '' });
  expect(base.directory).toHaveLength(candidate.directory.length);
  expect(dirname(base.directory)).toBe(dirname(candidate.directory));
  expect(builds[planFolders(seed)].directory).toMatch(/one$/);
  expect(said).toEqual([
    expect.stringMatching(/^Installing the packages of the base "main" \([0-9a-f]{10}\)$/),
    expect.stringMatching(/^Building the base "main"/),
    'Installing the packages of the candidate, the working tree',
    'Building the candidate, the working tree',
  ]);
  await remove();
  expect(leftBehind()).toEqual([]);
  expect(git('worktree', 'list').split('\n')).toHaveLength(1);
});

test('makeBuilds() uses the packages of the repository where both lock files are its own, and says so', async () => {
  const { folder, write } = aRepository();
  write({ 'node_modules/.package-lock.json': '{"packages":{}}' });
  const sources = await findSources({ base: 'main', candidate: 'HEAD' }, folder);
  const said: string[] = [];
  const { builds, remove } = await makeBuilds(sources, { seed, say: (text) => said.push(text) });
  expect(existsSync(join(builds.base.directory, 'node_modules/.package-lock.json'))).toBe(true);
  expect(said[0]).toMatch(/^Packages: .*node_modules is used$/);
  expect(said.slice(1).every((text) => text.startsWith('Building '))).toBe(true);
  await remove();
  expect(existsSync(join(folder, 'node_modules/.package-lock.json'))).toBe(true);
});

test('makeBuilds() takes a build made elsewhere where it is, and leaves it there', async () => {
  const { folder, write } = aRepository();
  write({ 'dist/server/index.js': 'elsewhere', 'node_modules/x': '' });
  const sources = await findSources({ baseDir: folder, candidateDir: folder }, folder);
  const { builds, remove } = await makeBuilds(sources, { seed, say: () => expect.fail('nothing is made') });
  expect(builds.base.directory).toBe(folder);
  await remove();
  expect(read(folder)).toBe('elsewhere');
});

test('makeBuilds() leaves nothing behind when a commit does not build', async () => {
  const { folder, commit, git } = aRepository();
  commit(aPackage('echo "a.ts: error" && exit 2'));
  const sources = await findSources({ base: 'HEAD~1', candidate: 'HEAD' }, folder);
  await expect(makeBuilds(sources, { seed, say: () => {} })).rejects.toMatchObject({
    code: 'BUILD_FAILED',
    message: expect.stringMatching(/^Cannot build the candidate "HEAD" \([0-9a-f]{10}\): .*2: a\.ts: error$/),
  });
  expect(leftBehind()).toEqual([]);
  expect(git('worktree', 'list').split('\n')).toHaveLength(1);
});

test('makeBuilds() ends what it started and leaves nothing behind when it is interrupted', async () => {
  const { folder, commit, git } = aRepository();
  const started = join(aFolder(), 'started');
  commit(aPackage(`touch ${started} && while [ -d . ]; do :; done`));
  const sources = await findSources({ base: 'HEAD' }, folder);
  const interrupt = new AbortController();
  const made = makeBuilds(sources, { seed, say: () => {}, signal: interrupt.signal });
  const refused = expect(made).rejects.toMatchObject({ code: 'RUN_INTERRUPTED', exitCode: 105 });
  await vi.waitFor(() => expect(existsSync(started)).toBe(true), { timeout: 30_000 });
  interrupt.abort();
  await refused;
  expect(leftBehind()).toEqual([]);
  expect(git('worktree', 'list').split('\n')).toHaveLength(1);
});

/** The folder for temporary files holds those of the test itself, too. */
function leftBehind(): string[] {
  return readdirSync(temporary).filter((name) => name.startsWith('scbench-'));
}

function read(directory: string): string {
  return readFileSync(join(directory, 'dist/server/index.js'), 'utf8');
}
