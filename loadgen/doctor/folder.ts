/** Makes the folder that results go to. */
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ClusterError } from '../../server/errors/index.ts';

/**
 * Makes a folder and those it lies in, unless they exist.
 *
 * @returns The folder.
 * @throws ClusterError OPTION_INVALID when it cannot be made or written to.
 */
export function makeFolder(folder: string): string {
  try {
    make(folder);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new ClusterError(
      `Cannot write results to "${folder}": wanted a folder that can be made or written to (${why})`,
      { code: 'OPTION_INVALID', cause: error },
    );
  }
  return folder;
}

/** Level by level: Node 20's own recursive form never ends where an existing folder denies its existence, as in /proc. */
function make(folder: string): void {
  if (isFolder(folder)) {
    return;
  }
  const parent = dirname(folder);
  if (parent !== folder) {
    make(parent);
  }
  mkdirSync(folder);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
