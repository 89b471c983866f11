import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  addWorktree,
  findCommit,
  findRepository,
  forgetWorktrees,
  isClean,
  listFiles,
} from './repository.ts';
import { aFolder, aRepository } from './testing.ts';

test('findRepository() finds the top from any folder of it, and refuses a folder of none', async () => {
  const { folder, write } = aRepository();
  write({ 'deep/er/file': '' });
  expect(await findRepository(join(folder, 'deep/er'))).toBe(folder);
  await expect(findRepository(aFolder())).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: expect.stringMatching(/^Cannot find the builds of ".+": wanted a folder of a git repository$/),
  });
});

test('findCommit() finds what branches, tags and parts of hashes stand for', async () => {
  const { folder, commit, git } = aRepository();
  const first = git('rev-parse', 'HEAD');
  git('tag', '--annotate', 'v1', '--message', 'one');
  const second = commit({ value: 'second' });
  const found = await Promise.all(
    ['v1', 'main', 'HEAD~1', second.slice(0, 12)].map((ref) => findCommit(folder, ref)),
  );
  expect(found).toEqual([first, second, first, second]);
});

test.each(['nosuch', '--all', '', 'HEAD:value'])(
  'findCommit() refuses "%s", which is no commit',
  async (ref) => {
    const { folder } = aRepository();
    await expect(findCommit(folder, ref)).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: `Cannot find "${ref}": it is no commit of "${folder}", wanted a branch, a tag or a hash that was fetched`,
    });
  },
);

test('isClean() and listFiles() know changed, added and ignored files', async () => {
  const { folder, write } = aRepository();
  expect(await isClean(folder)).toBe(true);
  write({ 'new file': '', 'dist/out': '' });
  expect(await isClean(folder)).toBe(false);
  expect((await listFiles(folder)).sort()).toEqual([
    '.gitignore',
    'new file',
    'package-lock.json',
    'package.json',
    'value',
  ]);
});

test('addWorktree() lays out a commit without the hooks of the repository, forgetWorktrees() forgets it', async () => {
  const { folder, commit, git, write } = aRepository();
  const first = git('rev-parse', 'HEAD');
  commit({ value: 'second' });
  const seen = join(aFolder(), 'seen');
  write({ '.git/hooks/post-checkout': `#!/bin/sh\ntouch ${seen}\n` });
  chmodSync(join(folder, '.git/hooks/post-checkout'), 0o755);
  const tree = join(aFolder(), 'one');
  await addWorktree({ repository: folder, commit: first }, tree);
  expect(readFileSync(join(tree, 'value'), 'utf8')).toBe('first');
  expect(existsSync(seen)).toBe(false);
  rmSync(tree, { recursive: true });
  await forgetWorktrees(folder);
  expect(git('worktree', 'list').split('\n')).toHaveLength(1);
});
