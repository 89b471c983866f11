/** Puts finished texts where people find them. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClusterError } from '../server/errors/index.ts';

/**
 * Writes texts by their names into a folder, which is made if need be.
 *
 * @returns Their paths, in the order given.
 * @throws ClusterError OPTION_INVALID when the folder cannot be written to.
 */
export async function writeAll(directory: string, contents: Record<string, string>): Promise<string[]> {
  try {
    await mkdir(directory, { recursive: true });
    return await Promise.all(
      Object.entries(contents).map(([name, text]) => write(join(directory, name), text)),
    );
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new ClusterError(
      `Cannot write reports to "${directory}": wanted a folder that can be written to (${why})`,
      {
        code: 'OPTION_INVALID',
        cause: error,
      },
    );
  }
}

async function write(path: string, text: string): Promise<string> {
  await writeFile(path, text);
  return path;
}
