/** Packages of others: in folders of their own, so that nobody gets them who does not ask. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { ClusterError } from '../../server/errors/index.ts';
import { entry } from '../../server/process/index.ts';

const folder = entry('../loadgen/peers/packages/');

/** Written by npm when everything is in place. */
const INSTALLED = 'node_modules/.package-lock.json';

/** The file beside which the packages lie. */
export const packagesFile = `${folder}package.json`;

/**
 * Installs what the lock file names, unless that is done already.
 *
 * @throws ClusterError PEERS_MISSING when npm cannot.
 */
export async function installPackages(
  say: (text: string) => void,
  { where = folder, npm = 'npm', what = 'the other servers' } = {},
): Promise<void> {
  if (existsSync(`${where}${INSTALLED}`)) {
    return;
  }
  say(`Installing ${what} (once): npm ci`);
  try {
    await promisify(execFile)(npm, ['ci', '--ignore-scripts'], { cwd: where });
  } catch (error) {
    throw new ClusterError(`Cannot install ${what} in "${where}": ${reasonOf(error)}`, {
      code: 'PEERS_MISSING',
      cause: error,
    });
  }
}

/** The first thing npm calls an error, or whatever else there is to say. */
function reasonOf(error: unknown): string {
  const words = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  const told = words.split('\n').find((line) => /^npm (error|ERR!) (?!code)/.test(line));
  return told?.replace(/^npm (error|ERR!) /, '') ?? (error instanceof Error ? error.message : String(error));
}
