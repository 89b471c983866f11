/** Writes a new application from a template, linked to this package so that it runs at once. */
import { lstat, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { ClusterError } from '../errors/index.ts';
import { entry } from '../process/index.ts';

/** How an application can be written. */
export const templateNames = ['esm', 'commonjs', 'typescript'] as const;
export type TemplateName = (typeof templateNames)[number];

export interface CreateOptions {
  /** Default: esm. */
  template?: TemplateName;
  /** Writes into a folder that is not empty, over files of the same names. Default: false. */
  force?: boolean;
  /** Makes node_modules/socketcluster a link to this package, which is all an application needs. Default: true. */
  link?: boolean;
}

/** Where this package lies, and in it what applications begin with. */
const packageFolder = resolve(entry('..'));
const templatesFolder = join(packageFolder, 'server/create/templates');
/** What TypeScript templates compile to, so that they run before anything is installed. */
const compiledFolder = entry('server/create/templates');

/** Every template has these files, besides its own. */
const SHARED = 'every';
/** The application's name, wherever a template's file has this. */
const NAME_MARK = '{{name}}';
/** A name that can stand in JSON, HTML and a cookie's name as it is. */
const NAME = /^[a-z0-9][\w.-]*$/i;

/**
 * Writes an application into a folder, which also names it. Returns that folder and this package's own.
 *
 * @throws ClusterError OPTION_INVALID when the name cannot be one, or the folder is not empty.
 */
export async function createApplication(
  path: string,
  { force = false, link = true, template = 'esm' }: CreateOptions = {},
): Promise<{ folder: string; packageFolder: string }> {
  const folder = resolve(path);
  const name = basename(folder);
  if (path.trim() === '' || !NAME.test(name)) {
    throw refusal(
      path === '' ? path : folder,
      `its name is "${path === '' ? path : name}", wanted is a letter or a digit, followed by more of them, "_", "-" or "."`,
    );
  }
  if (!(await isFree(folder)) && !force) {
    throw refusal(folder, 'the folder is not empty, wanted is a new one, or --force to write into it');
  }
  const linkPath = join(folder, 'node_modules/socketcluster');
  if (link && (await isForeign(linkPath))) {
    throw refusal(folder, `"${linkPath}" is no link, wanted is none, or --no-link to leave it as it is`);
  }
  const compiled = template === 'typescript' ? [join(compiledFolder, template)] : [];
  for (const source of [join(templatesFolder, SHARED), join(templatesFolder, template), ...compiled]) {
    await copyFiles(source, folder, name);
  }
  await completePackage(join(folder, 'package.json'), name);
  if (link) {
    await linkTo(packageFolder, linkPath);
  }
  return { folder, packageFolder };
}

function refusal(folder: string, why: string): ClusterError {
  return new ClusterError(`Cannot create application "${folder}": ${why}`, { code: 'OPTION_INVALID' });
}

async function isFree(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw refusal(folder, `it cannot be read as a folder, ${(error as Error).message}`);
  }
}

/** Copies the files of a template, which are all text. */
async function copyFiles(from: string, to: string, name: string): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  for (const file of entries.filter((found) => found.isFile())) {
    const source = join(file.parentPath, file.name);
    // Named without its dot in the template, or it would be at work there, and npm would not pack it.
    const target = join(to, relative(from, source).replace(/^gitignore$/, '.gitignore'));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, (await readFile(source, 'utf8')).replaceAll(NAME_MARK, name));
  }
}

/** Names the package, as npm wants it, and says where socketcluster is: this package is in no registry. */
async function completePackage(path: string, name: string): Promise<void> {
  const template = JSON.parse(await readFile(path, 'utf8'));
  const completed = {
    ...template,
    name: name.toLowerCase(),
    dependencies: { socketcluster: `file:${packageFolder}` },
  };
  await writeFile(path, `${JSON.stringify(completed, null, 2)}\n`);
}

/** Tells whether somebody else has put something at a path, which is not ours to replace. */
async function isForeign(path: string): Promise<boolean> {
  try {
    return !(await lstat(path)).isSymbolicLink();
  } catch {
    return false;
  }
}

async function linkTo(target: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await rm(path, { force: true });
  await symlink(target, path, 'dir');
}
