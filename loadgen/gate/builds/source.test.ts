import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findSources } from './source.ts';
import { aFolder, aRepository } from './testing.ts';

/** A folder that looks built. */
function aBuild(folder = aFolder()): string {
  mkdirSync(join(folder, 'node_modules'));
  mkdirSync(join(folder, 'dist/server'), { recursive: true });
  writeFileSync(join(folder, 'dist/server/index.js'), '');
  return folder;
}

test('findSources() takes the working tree for the candidate, which is a commit while nothing is changed', async () => {
  const { folder, git, write } = aRepository();
  const commit = git('rev-parse', 'HEAD');
  const { base, candidate } = await findSources({ base: 'main' }, folder);
  expect(base).toEqual({ kind: 'commit', name: 'main', commit, directory: folder });
  expect(candidate).toEqual({ kind: 'working tree', name: 'working tree', commit, directory: folder });
  write({ value: 'edited' });
  expect((await findSources({ base: 'main' }, folder)).candidate.commit).toBe('');
});

test('findSources() takes builds made elsewhere, and knows their commit where they are a whole tree', async () => {
  const { folder, git } = aRepository();
  const [plain, tree] = [aBuild(), aBuild(folder)];
  const sources = await findSources({ baseDir: plain, candidateDir: tree }, aFolder());
  expect(sources.base).toEqual({ kind: 'folder', name: plain, commit: '', directory: plain });
  expect(sources.candidate).toMatchObject({ kind: 'folder', commit: git('rev-parse', 'HEAD') });
});

test('findSources() refuses a folder that is not built, and names what it lacks', async () => {
  const folder = aFolder();
  mkdirSync(join(folder, 'dist'));
  mkdirSync(join(folder, 'node_modules'));
  await expect(findSources({ baseDir: folder }, folder)).rejects.toMatchObject({
    exitCode: 104,
    message: `Cannot use the build in "${folder}": it has no dist/server/index.js, wanted a built tree`,
  });
});

test.each([
  [{}, 'no base is named, wanted --base, --base-dir or --baseline'],
  [{ base: 'a', baseDir: 'b' }, 'wanted --base or --base-dir, not both'],
  [{ base: 'a', candidate: 'b', candidateDir: 'c' }, 'wanted --candidate or --candidate-dir, not both'],
])('findSources() calls %j wrong usage', async (wanted, why) => {
  await expect(findSources(wanted, aFolder())).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining(why),
  });
});
