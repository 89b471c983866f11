/** A copy of what somebody works on, so that edits while a gate measures change nothing. */
import { constants, copyFile, lstat, mkdir, readlink, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { listFiles } from './repository.ts';

/** Copies all files that git knows or would take, into a folder that is made. */
export async function copyWorkingTree(repository: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await listFiles(repository)) await copy(join(repository, name), join(folder, name));
}

/** What is listed and not there was deleted; a folder in the list is another repository. */
async function copy(from: string, to: string): Promise<void> {
  const status = await lstat(from).catch(() => undefined);
  if (status === undefined || status.isDirectory()) return;
  await mkdir(dirname(to), { recursive: true });
  if (status.isSymbolicLink()) await symlink(await readlink(from), to);
  else await copyFile(from, to, constants.COPYFILE_FICLONE);
}
