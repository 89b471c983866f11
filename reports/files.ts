/** Writes what people and build servers read of a run beside the run record. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run } from '../loadgen/results/index.ts';
import { formatJunit } from './junit.ts';
import { formatMarkdown } from './markdown.ts';
import { buildPage } from './page/index.ts';

/**
 * Writes `report.html`, `summary.json`, `summary.md` and `junit.xml` into a folder, which is made if need be.
 * Files of an earlier report on the same run are overwritten.
 *
 * @returns The paths written, the page first.
 */
export async function writeReports(run: Run, directory: string): Promise<string[]> {
  const contents = {
    'report.html': buildPage(run),
    'summary.json': `${JSON.stringify(run.summary, null, 2)}\n`,
    'summary.md': formatMarkdown(run.summary),
    'junit.xml': formatJunit(run.summary),
  };
  await mkdir(directory, { recursive: true });
  return Promise.all(
    Object.entries(contents).map(async ([name, text]) => {
      const path = join(directory, name);
      await writeFile(path, text);
      return path;
    }),
  );
}
