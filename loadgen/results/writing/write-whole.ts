/** Files that are written at once. Half of one would be taken for the whole. */
import { open, rm } from 'node:fs/promises';

/**
 * Writes a text to a file, which is made or replaced.
 *
 * @throws Error of the file system; no half of the file is left then.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(text);
  } catch (error) {
    // A device was there before.
    if ((await file.stat()).isFile()) await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}
