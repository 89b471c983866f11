/** The folder of a cluster's unix sockets. Its name says whose it is, so that those of masters that were killed can go. */
import { chown, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asError, ClusterError } from '../../errors/index.ts';

export interface SocketFolderOptions {
  /** Where it is made. Default: the system's folder for temporary files. */
  root?: string | undefined;
  /** Who may enter it. Default: the user of this process. */
  owner?: { uid: number; gid: number } | undefined;
}

const NAME = /^sc-(\d+)-/;

/**
 * Makes the folder, which only its owner can enter, and removes those beside it that no cluster uses any more.
 *
 * @throws ClusterError OPTION_INVALID when nothing can be made there.
 */
export async function makeSocketFolder({
  root = tmpdir(),
  owner,
}: SocketFolderOptions = {}): Promise<string> {
  try {
    await mkdir(root, { recursive: true });
    await removeStale(root);
    const folder = await mkdtemp(join(root, `sc-${process.pid}-`));
    if (owner !== undefined) {
      await chown(folder, owner.uid, owner.gid);
    }
    return folder;
  } catch (cause) {
    throw new ClusterError(
      `Cannot make a folder for unix sockets in "${root}": ${asError(cause).message}; name another one in socketRoot`,
      { code: 'OPTION_INVALID', cause },
    );
  }
}

async function removeStale(root: string): Promise<void> {
  const names = await readdir(root);
  for (const name of names.filter((each) => isGone(Number(NAME.exec(each)?.[1])))) {
    const folder = join(root, name);
    if (!(await isInUse(folder))) {
      await rm(folder, { recursive: true, force: true }).catch(ignore); // another user's is left to him
    }
  }
}

/** False for what is no number of a process. */
function isGone(pid: number): boolean {
  if (!(pid > 0)) {
    return false;
  }
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** A container has process numbers of its own and may share the folder: what somebody listens on stays. */
async function isInUse(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  const answers = await Promise.all(names.map((name) => isListening(join(folder, name))));
  return answers.includes(true);
}

function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

function ignore(): void {}
