/** Writes what people and build servers read of a run beside the run record. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run } from '../loadgen/results/index.ts';
import { ClusterError } from '../server/errors/index.ts';
import { formatJunit } from './junit.ts';
import { formatMarkdown } from './markdown.ts';
import { buildPage } from './page/index.ts';

/**
 * Writes `report.html`, `summary.json`, `summary.md` and `junit.xml` into a folder, which is made if need be.
 * Files of an earlier report on the same run are overwritten.
 *
 * @returns The paths written, the page first.
 * @throws ClusterError OPTION_INVALID when the folder cannot be written to.
 */
export async function writeReports(run: Run, directory: string): Promise<string[]> {
  const contents = {
    'report.html': buildPage(run),
    'summary.json': `${JSON.stringify(run.summary, null, 2)}\n`,
    'summary.md': formatMarkdown(run.summary),
    'junit.xml': formatJunit(run.summary),
  };
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
