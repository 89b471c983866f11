/** Puts finished texts where people find them. */
import { dirname, join } from 'node:path';
import { cannotWrite, makePath, writeWhole } from '../loadgen/results/index.ts';

const WANTED = 'a folder that can be written to';

/**
 * Writes texts by their names into a folder, which is made if need be. What there is no room for is left out, and
 * everything else is written.
 *
 * @returns Their paths, in the order given.
 * @throws ClusterError OPTION_INVALID when the folder cannot be written to, RESULTS_UNWRITTEN naming what there was no
 *   room for.
 */
export async function writeAll(directory: string, contents: Record<string, string>): Promise<string[]> {
  try {
    makePath(directory);
  } catch (error) {
    throw cannotWrite(`reports to "${directory}"`, error, { wanted: WANTED });
  }
  const failures = new Map<string, unknown>();
  // The smallest first: where there is little room, a page must not take it from the summary.
  const bySize = Object.entries(contents).toSorted(([, one], [, other]) => one.length - other.length);
  for (const [name, text] of bySize) {
    await writeWhole(join(directory, name), text).catch((error: unknown) => failures.set(name, error));
  }
  const names = Object.keys(contents);
  const [[, cause] = []] = failures;
  if (failures.size > 0) {
    const missing = names.filter((name) => failures.has(name)).join(', ');
    throw cannotWrite(`${missing} to "${directory}"`, cause, { wanted: WANTED });
  }
  return names.map((name) => join(directory, name));
}

/**
 * Writes a page to where somebody wants it, in a folder that is made if need be.
 *
 * @throws ClusterError OPTION_INVALID when it cannot be written there, RESULTS_UNWRITTEN when there is no room for it.
 */
export async function writePage(path: string, page: string): Promise<void> {
  try {
    makePath(dirname(path));
    await writeWhole(path, page);
  } catch (error) {
    throw cannotWrite(`"${path}"`, error, { wanted: 'a file that can be written to' });
  }
}
