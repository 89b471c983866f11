/** Makes a folder with all it lies in. */
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those it lies in, unless they exist. Level by level: Node 20's own recursive form never ends where
 * an existing folder denies its existence, as in /proc.
 *
 * @throws Error of the file system.
 */
export function makePath(folder: string): void {
  if (isFolder(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) makePath(parent);
  makeOne(folder);
}

/** Two that begin at once may make the same one. */
function makeOne(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
