/** Names and makes the folders that results go to. */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ClusterError } from '../../server/errors/index.ts';
import { cannotWrite, makePath } from '../results/index.ts';

const WANTED = 'a folder that can be made or written to';

/** Of what a folder is named after: file systems take 255 bytes, of which a character may need four. */
const MOST_CHARACTERS = 50;

/**
 * Names the folder of a result after the second in which it began and what it is of, which may be called anything at
 * all. Names sort by time: `2026-11-21T23-16-48Z-42k-users`.
 *
 * @param startedAt As dates write it in JSON: `2026-11-21T23:16:48.123Z`.
 */
export function folderName(startedAt: string, of: string): string {
  const stamp = startedAt.replace(/\.\d+Z$/, 'Z').replaceAll(':', '-');
  return `${stamp}-${of.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, MOST_CHARACTERS)}`;
}

/**
 * Makes a folder and those it lies in, unless they exist.
 *
 * @returns The folder.
 * @throws ClusterError OPTION_INVALID when it cannot be made or written to, RESULTS_UNWRITTEN when the disk is full.
 */
export function makeFolder(folder: string): string {
  try {
    makePath(folder);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw cannotWrite(`results to "${folder}"`, error, { wanted: WANTED });
  }
  return folder;
}

/**
 * Makes a folder that nobody else has: where the name is taken, one with a number behind it, from `-2` on.
 *
 * @returns The folder.
 * @throws ClusterError as `makeFolder` does.
 */
export function makeNewFolder(folder: string): string {
  makeFolder(dirname(folder));
  let made = folder;
  for (let number = 2; !isMade(made); number += 1) made = `${folder}-${number}`;
  return made;
}

/**
 * Looks whether a folder may take results. What is there already may be all that is left of hours.
 *
 * @param names What is going to be written.
 * @throws ClusterError OPTION_INVALID when one of them is there.
 */
export function refuseOlderResults(folder: string, names: readonly string[]): void {
  const older = names.find((name) => existsSync(join(folder, name)));
  if (older === undefined) return;
  throw new ClusterError(
    `Cannot write results to "${folder}": it holds the ${older} of an older result, wanted is another folder, or no --out for a new one`,
    { code: 'OPTION_INVALID' },
  );
}

/** Whether the folder is made by this call. */
function isMade(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cannotWrite(`results to "${folder}"`, error, { wanted: WANTED });
  }
}
