/** What the two builds are made from, as a person names it. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Arm } from '../../../reports/gate/index.ts';
import { ClusterError } from '../../../server/errors/index.ts';
import { SERVER_DOOR } from './build.ts';
import { findCommit, findRepository, isClean } from './repository.ts';

/** Where one build comes from. */
export interface Source {
  readonly kind: 'commit' | 'working tree' | 'folder';
  /** As it was asked for. */
  readonly name: string;
  /** Empty where it is not known, or files differ from it. */
  readonly commit: string;
  /** The repository; of a build made elsewhere its folder. */
  readonly directory: string;
}

/** What is asked for: for each build a commit or a folder. */
export interface Wanted {
  readonly base?: string | undefined;
  /** Default: the working tree. */
  readonly candidate?: string | undefined;
  readonly baseDir?: string | undefined;
  readonly candidateDir?: string | undefined;
}

/**
 * Finds both builds' sources, seen from a folder of the repository.
 *
 * @throws ClusterError OPTION_INVALID when there is no such commit or build; USAGE_WRONG when one build is named
 * twice or there is no base.
 */
export async function findSources(wanted: Wanted, folder: string): Promise<Record<Arm, Source>> {
  const { base, candidate, baseDir, candidateDir } = wanted;
  if (base !== undefined && baseDir !== undefined) throw namedTwice('base');
  if (candidate !== undefined && candidateDir !== undefined) throw namedTwice('candidate');
  if (base === undefined && baseDir === undefined) {
    const wantedOnes = '--base, --base-dir or --baseline';
    throw new ClusterError(`Cannot compare with nothing: no base is named, wanted ${wantedOnes}`, {
      code: 'USAGE_WRONG',
    });
  }
  return {
    base: baseDir === undefined ? await fromRepository(base, folder) : await fromFolder(baseDir),
    candidate:
      candidateDir === undefined ? await fromRepository(candidate, folder) : await fromFolder(candidateDir),
  };
}

function namedTwice(arm: Arm): ClusterError {
  return new ClusterError(`Cannot tell which ${arm} is meant: wanted --${arm} or --${arm}-dir, not both`, {
    code: 'USAGE_WRONG',
  });
}

async function fromRepository(ref: string | undefined, folder: string): Promise<Source> {
  const directory = await findRepository(folder);
  if (ref !== undefined)
    return { kind: 'commit', name: ref, commit: await findCommit(directory, ref), directory };
  return { kind: 'working tree', name: 'working tree', commit: await commitOf(directory), directory };
}

async function fromFolder(name: string): Promise<Source> {
  const directory = resolve(name);
  const missing = [SERVER_DOOR, 'node_modules'].find((part) => !existsSync(join(directory, part)));
  if (missing !== undefined) {
    throw new ClusterError(`Cannot use the build in "${name}": it has no ${missing}, wanted a built tree`, {
      code: 'OPTION_INVALID',
    });
  }
  return { kind: 'folder', name, commit: await commitOf(directory), directory };
}

/** The commit that a folder's files are, if it is a whole working tree without changes. */
async function commitOf(directory: string): Promise<string> {
  try {
    const repository = await findRepository(directory);
    const isWhole = existsSync(join(directory, '.git')) && (await isClean(repository));
    return isWhole ? await findCommit(repository, 'HEAD') : '';
  } catch {
    return ''; // A folder that git knows nothing of.
  }
}
