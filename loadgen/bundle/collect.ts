/**
 * Finds the files of a scenario's own behaviours: those it names and those that these import by relative paths. What
 * comes from a package is refused: an agent is to run what was agreed to, not what its host happens to have.
 */
import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, extname, join, relative, resolve, sep } from 'node:path';
import { ClusterError } from '../../server/errors/index.ts';
import type { Plan } from '../plan/index.ts';
import { type Bundle, hashOf } from './bundle.ts';

/** Comments, in which types are imported; a scan need not know strings that look like them. */
const COMMENTS = /\/\*[\s\S]*?\*\/|(?<![:'"`\\])\/\/.*/g;
/** `import … from 'x'`, `export … from 'x'`, `import 'x'`, `import('x')`, `require('x')`. */
const IMPORTS = /\b(?:from|import|require)\s*\(?\s*(['"])([^'"\n]+)\1/g;

/** Files that belong together. */
export type Files = Pick<Bundle, 'behaviours' | 'files' | 'modules'>;

/**
 * Collects the files of a plan. Its paths start from the folder of the scenario file.
 *
 * @throws ClusterError OPTION_INVALID for a file that cannot be read or needs a package.
 */
export function collectFiles(plan: Plan, folder: string): Files {
  const named = plan.groups.flatMap(({ behaviour }) => (behaviour.kind === 'custom' ? [behaviour.file] : []));
  const found = new Map<string, Uint8Array>();
  for (const file of named) gather(resolve(folder, file), found);
  const root = commonFolder([...found.keys()]);
  const pathOf = (file: string): string => relative(root, file).split(sep).join('/');
  return {
    behaviours: Object.fromEntries(named.map((file) => [file, pathOf(resolve(folder, file))])),
    files: [...found]
      .map(([file, bytes]) => ({
        path: pathOf(file),
        sha256: hashOf(bytes),
        base64: Buffer.from(bytes).toString('base64'),
      }))
      .toSorted((one, other) => (one.path < other.path ? -1 : 1)),
    modules: found.size > 0 ? modulesOf(root) : 'module',
  };
}

function gather(file: string, found: Map<string, Uint8Array>): void {
  if (found.has(file)) return;
  const bytes = read(file);
  found.set(file, bytes);
  if (extname(file) === '.json') return;
  const text = new TextDecoder().decode(bytes).replaceAll(COMMENTS, '');
  for (const [, , name = ''] of text.matchAll(IMPORTS)) {
    if (isBuiltin(name)) continue;
    if (!/^\.\.?\//.test(name)) throw needsPackage(file, name);
    gather(resolve(dirname(file), name), found);
  }
}

function read(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new ClusterError(`Cannot send behaviour file "${file}" to agents: it cannot be read (${why})`, {
      code: 'OPTION_INVALID',
      cause: error,
    });
  }
}

function needsPackage(file: string, name: string): ClusterError {
  return new ClusterError(
    `Cannot send behaviour file "${file}" to agents: it imports "${name}", wanted are relative paths and node: modules`,
    { code: 'OPTION_INVALID' },
  );
}

/** The folder that holds them all. */
function commonFolder(files: readonly string[]): string {
  const [first, ...others] = files.map(dirname);
  let folder = first ?? '/';
  for (const other of others) while (!`${other}${sep}`.startsWith(withEnd(folder))) folder = dirname(folder);
  return folder;
}

function withEnd(folder: string): string {
  return folder.endsWith(sep) ? folder : `${folder}${sep}`;
}

/** As the nearest package.json says. */
function modulesOf(folder: string): Bundle['modules'] {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, 'package.json');
    if (existsSync(file)) {
      const { type } = JSON.parse(readFileSync(file, 'utf8')) as { type?: string };
      return type === 'module' ? 'module' : 'commonjs';
    }
    if (dirname(at) === at) return 'commonjs';
  }
}
