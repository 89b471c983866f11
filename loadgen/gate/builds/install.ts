/** What a tree needs before it runs: its packages, exactly as its lock file has them, and its compiled files. */
import { existsSync } from 'node:fs';
import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ClusterError } from '../../../server/errors/index.ts';
import { SERVER_DOOR } from './build.ts';
import { runTool, type ToolPlace } from './tool.ts';

const LOCK = 'package-lock.json';

/** A lock file, and what npm notes of the packages that are in place: as much of either as is compared. */
interface Lock {
  packages?: Record<string, { version?: string; optional?: boolean; devOptional?: boolean }>;
}

/**
 * Installs the packages of a tree, without running their scripts.
 *
 * @throws ClusterError BUILD_FAILED when npm cannot.
 */
export async function installPackages(title: string, place: ToolPlace): Promise<void> {
  const quietly = ['--no-audit', '--no-fund', '--loglevel=error'];
  const words = ['ci', '--ignore-scripts', '--include=dev', '--prefer-offline', ...quietly];
  await runTool('npm', words, place).catch(failed(`Cannot install the packages of ${title}`));
}

/**
 * Compiles a tree.
 *
 * @throws ClusterError BUILD_FAILED when its build script fails or makes no server.
 */
export async function buildTree(title: string, place: ToolPlace): Promise<void> {
  await runTool('npm', ['run', 'build'], place).catch(failed(`Cannot build ${title}`));
  if (existsSync(join(place.cwd, SERVER_DOOR))) return;
  throw new ClusterError(`Cannot use ${title}: "npm run build" made no ${SERVER_DOOR}`, {
    code: 'BUILD_FAILED',
  });
}

/** Tells whether a tree locks the very packages that another has in place. */
export async function mayShare(tree: string, other: string): Promise<boolean> {
  const [own, theirs] = await Promise.all([readText(join(tree, LOCK)), readText(join(other, LOCK))]);
  return own !== '' && own === theirs && (await isInstalled(other));
}

/** Lets a tree use the packages that another has in place. */
export async function sharePackages(tree: string, other: string): Promise<void> {
  await symlink(join(other, 'node_modules'), join(tree, 'node_modules'));
}

/** Whether all locked packages are there; optional ones are left out on systems they are not for. */
async function isInstalled(tree: string): Promise<boolean> {
  const [wanted, there] = await Promise.all(
    [LOCK, 'node_modules/.package-lock.json'].map((name) => readLock(join(tree, name))),
  );
  const packages = Object.entries(wanted?.packages ?? {}).filter(([path]) => path !== '');
  return (
    there?.packages !== undefined &&
    packages.every(([path, { version, optional, devOptional }]) => {
      return optional === true || devOptional === true || there.packages?.[path]?.version === version;
    })
  );
}

async function readLock(path: string): Promise<Lock | undefined> {
  const text = await readText(path);
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

function failed(what: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof ClusterError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new ClusterError(`${what}: ${why}`, { code: 'BUILD_FAILED', cause: error });
  };
}
