/** Two sources to two builds, in folders that are gone when the gate is. */
import { rmSync } from 'node:fs';
import { realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Arm, planFolders } from '../../../reports/gate/index.ts';
import { ClusterError } from '../../../server/errors/index.ts';
import { makeTemporaryFolder } from '../../results/index.ts';
import type { Build } from './build.ts';
import { buildTree, installPackages, mayShare, sharePackages } from './install.ts';
import { addWorktree, forgetWorktrees } from './repository.ts';
import type { Source } from './source.ts';
import { copyWorkingTree } from './working-tree.ts';

/** Builds that can be run, until they are removed. */
export interface MadeBuilds {
  readonly builds: Record<Arm, Build>;
  /** Removes what was made for them. What was built elsewhere stays. */
  remove(): Promise<void>;
}

/** How builds are made. */
export interface Making {
  /** Its coin says which build gets which folder. */
  readonly seed: string;
  /** Tells a person what is going on, one line at a time. */
  say(text: string): void;
  readonly signal?: AbortSignal | undefined;
}

const arms: readonly Arm[] = ['base', 'candidate'];

/** Of equal length, since the length of a path moves what a process measures. */
const FOLDERS = ['one', 'two'] as const;

/**
 * Makes both builds, unless they were made elsewhere.
 *
 * @throws ClusterError BUILD_FAILED when one cannot be made; RUN_INTERRUPTED. Nothing is left behind then.
 */
export async function makeBuilds(sources: Record<Arm, Source>, making: Making): Promise<MadeBuilds> {
  const root = await realpath(await makeTemporaryFolder('scbench-gate'));
  const removeAtOnce = (): void => rmSync(root, { recursive: true, force: true });
  // A second signal ends this process without another word.
  process.once('exit', removeAtOnce);
  const remove = async (): Promise<void> => {
    await rm(root, { recursive: true, force: true });
    process.off('exit', removeAtOnce);
    for (const { kind, directory } of Object.values(sources))
      if (kind === 'commit') await forgetWorktrees(directory);
  };
  try {
    const builds = placeBuilds(sources, { root, seed: making.seed });
    if (builds.base.directory.length !== builds.candidate.directory.length)
      making.say('Folders of both builds have names of unequal length, which can move what is measured');
    await makeTrees(sources, builds, making);
    return { builds, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

function placeBuilds(
  sources: Record<Arm, Source>,
  { root, seed }: { root: string; seed: string },
): Record<Arm, Build> {
  const first = planFolders(seed);
  const place = (name: Arm): Build => {
    const { kind, directory, commit } = sources[name];
    const own = join(root, FOLDERS[name === first ? 0 : 1]);
    return { name, directory: kind === 'folder' ? directory : own, commit };
  };
  return { base: place('base'), candidate: place('candidate') };
}

async function makeTrees(
  sources: Record<Arm, Source>,
  builds: Record<Arm, Build>,
  { say, signal }: Making,
): Promise<void> {
  const own = arms.filter((arm) => sources[arm].kind !== 'folder');
  for (const arm of own) await layOut(sources[arm], { folder: builds[arm].directory, signal });
  const areShared = await every(own, (arm) => mayShare(builds[arm].directory, sources[arm].directory));
  if (areShared && own.length > 0)
    say('Packages: both lock files are the one of this repository, so its node_modules is used');
  for (const arm of own) {
    const { directory } = builds[arm];
    const title = titleOf(arm, sources[arm]);
    if (areShared) await sharePackages(directory, sources[arm].directory);
    else {
      say(`Installing the packages of ${title}`);
      await installPackages(title, { cwd: directory, signal });
    }
    say(`Building ${title}`);
    await buildTree(title, { cwd: directory, signal });
  }
}

async function layOut(
  source: Source,
  { folder, signal }: { folder: string; signal: AbortSignal | undefined },
): Promise<void> {
  if (source.kind === 'working tree') return copyWorkingTree(source.directory, folder);
  const { directory: repository, commit } = source;
  await addWorktree({ repository, commit, signal }, folder).catch((error: unknown) => {
    if (error instanceof ClusterError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new ClusterError(`Cannot check out "${source.name}": ${why}`, {
      code: 'BUILD_FAILED',
      cause: error,
    });
  });
}

function titleOf(arm: Arm, { name, kind, commit }: Source): string {
  return kind === 'commit' ? `the ${arm} "${name}" (${commit.slice(0, 10)})` : `the ${arm}, the ${name}`;
}

async function every(list: readonly Arm[], holds: (arm: Arm) => Promise<boolean>): Promise<boolean> {
  for (const arm of list) if (!(await holds(arm))) return false;
  return true;
}
