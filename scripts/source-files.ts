import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** The folders that hold sources; everything else at the top is documents, settings or made by a program. */
export const sourceFolders = ['server', 'loadgen', 'scenarios', 'reports', 'scripts'];

/** Made by programs, or, as `templates`, the beginnings of other projects. */
const notOurs = new Set(['node_modules', 'dist', 'runs', 'templates']);

/**
 * Lists the files of the source folders below a root, as sorted paths with forward slashes that are
 * relative to the root. A source folder that does not exist has no files.
 */
export async function listFiles(root: string): Promise<string[]> {
  const lists = await Promise.all(sourceFolders.map((folder) => listFolder(join(root, folder))));
  return lists
    .flat()
    .map((file) => relative(root, file).split(sep).join('/'))
    .sort();
}

/** Says whether a file is only ever loaded by tests. */
export function isTestFile(file: string): boolean {
  return /(\.test|\/testing|-contract|\/fail-on-warnings)\.ts$/.test(file);
}

async function listFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(noneWhenMissing);
  const lists = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return [path];
    return notOurs.has(entry.name) ? [] : listFolder(path);
  });
  return (await Promise.all(lists)).flat();
}

function noneWhenMissing(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
