/** What the gate asks of git: which commit a name stands for, and a tree of it in a folder of its own. */
import { ClusterError } from '../../../server/errors/index.ts';
import { runTool } from './tool.ts';

/** Hooks belong to the person who works in a repository, not to whoever compares its commits. */
const WITHOUT_HOOKS = ['-c', 'core.hooksPath=/dev/null'];

/**
 * Finds the repository that a folder lies in.
 *
 * @throws ClusterError OPTION_INVALID when it lies in none.
 */
export async function findRepository(folder: string): Promise<string> {
  const found = await git(folder, 'rev-parse', '--show-toplevel').catch((cause: unknown) => {
    throw new ClusterError(`Cannot find the builds of "${folder}": wanted a folder of a git repository`, {
      code: 'OPTION_INVALID',
      cause,
    });
  });
  return found.trim();
}

/**
 * Finds the commit that a branch, a tag or a part of a hash stands for.
 *
 * @throws ClusterError OPTION_INVALID when there is none.
 */
export async function findCommit(repository: string, ref: string): Promise<string> {
  const words = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
  const found = await git(repository, ...words).catch((cause: unknown) => {
    throw new ClusterError(
      `Cannot find "${ref}": it is no commit of "${repository}", wanted a branch, a tag or a hash that was fetched`,
      { code: 'OPTION_INVALID', cause },
    );
  });
  return found.trim();
}

/** Tells whether all files are as the commit has them. */
export async function isClean(repository: string): Promise<boolean> {
  return (await git(repository, '--no-optional-locks', 'status', '--porcelain')) === '';
}

/** Lists the files that belong to a working tree, those not yet added included, ignored ones not. */
export async function listFiles(repository: string): Promise<string[]> {
  const words = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  return (await git(repository, ...words)).split('\0').filter((name) => name !== '');
}

/** Puts a commit into a folder that does not exist yet. */
export async function addWorktree(
  { repository, commit, signal }: { repository: string; commit: string; signal?: AbortSignal | undefined },
  folder: string,
): Promise<void> {
  const words = [...WITHOUT_HOOKS, 'worktree', 'add', '--quiet', '--detach', folder, commit];
  await runTool('git', words, { cwd: repository, signal });
}

/** Makes a repository forget its worktrees of which the folder is gone. */
export async function forgetWorktrees(repository: string): Promise<void> {
  await git(repository, 'worktree', 'prune');
}

function git(cwd: string, ...words: string[]): Promise<string> {
  return runTool('git', words, { cwd });
}
