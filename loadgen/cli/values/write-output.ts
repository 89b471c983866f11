/** Files that somebody asked for beside what is printed. */
import { cannotWrite, writeWhole } from '../../results/index.ts';

/**
 * Writes a text to a file, which is made or replaced.
 *
 * @throws ClusterError OPTION_INVALID when it cannot be written, RESULTS_UNWRITTEN when the disk is full.
 */
export async function writeOutput(path: string, text: string): Promise<void> {
  try {
    await writeWhole(path, text);
  } catch (error) {
    throw cannotWrite(`"${path}"`, error, { wanted: 'a file that can be written to' });
  }
}
