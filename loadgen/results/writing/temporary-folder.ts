/** Folders for what is gone when a command ends. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cannotWrite } from './cannot-write.ts';

/**
 * Makes a folder that nobody else has, where the system keeps temporary files. Whoever asked for it removes it.
 *
 * @param name What its own name begins with.
 * @throws ClusterError OPTION_INVALID when none can be made there, RESULTS_UNWRITTEN when there is no room.
 */
export async function makeTemporaryFolder(name: string): Promise<string> {
  const root = tmpdir();
  try {
    return await mkdtemp(join(root, `${name}-`));
  } catch (error) {
    throw cannotWrite(`temporary files to "${root}"`, error, { wanted: 'a TMPDIR that can be written to' });
  }
}
