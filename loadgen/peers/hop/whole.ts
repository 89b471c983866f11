/** Measures that stop as a whole: all that they have started, and the folder of its sockets. */
import { rm } from 'node:fs/promises';
import { createShutdown, type Shutdown } from '../../../server/process/index.ts';
import { makeTemporaryFolder } from '../../results/index.ts';

/** Time for all of it to end, milliseconds. */
const END_WITHIN_MS = 10_000;

/**
 * Starts a measure in a folder of its own. What it has begun ends also when it cannot be started.
 *
 * @param name What the folder's name begins with.
 * @param start Adds to the shutdown what it starts, each as soon as it is there.
 */
export async function startWhole<Bench>(
  name: string,
  start: (folder: string, shutdown: Shutdown) => Promise<Bench>,
): Promise<Bench & { stop(): Promise<void> }> {
  const shutdown = createShutdown({ deadlineMs: END_WITHIN_MS });
  try {
    const folder = await makeTemporaryFolder(name);
    shutdown.add('folder', () => rm(folder, { recursive: true }));
    const bench = await start(folder, shutdown);
    return { ...bench, stop: () => stop(shutdown) };
  } catch (error) {
    await shutdown.close();
    throw error;
  }
}

async function stop(shutdown: Shutdown): Promise<void> {
  const [problem] = await shutdown.close();
  if (problem !== undefined) throw problem.error;
}
