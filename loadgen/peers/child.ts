/** The processes that the measures start for themselves. */
import { ClusterError } from '../../server/errors/index.ts';
import { type Child, entry, startChild } from '../../server/process/index.ts';

/** Time a child without work has to end, milliseconds. */
const STOP_WITHIN_MS = 2_000;

/**
 * Starts a child process by its file under `dist` and waits until it is ready. Gives the details it told.
 *
 * @throws ClusterError PROCESS_FAILED when it ends before.
 */
export async function startReady<Details>(
  file: string,
  options: unknown,
  nodeOptions: readonly string[] = [],
): Promise<{ child: Child; details: Details }> {
  const child = await startChild(entry(file), { stdout: process.stderr, nodeOptions });
  const details = await new Promise<Details>((resolve, reject) => {
    child.onMessage((message) => {
      if (message.type === 'ready') {
        resolve(message['details'] as Details);
      }
    });
    child.onExit(({ lastWords }) => {
      const sentence = `Cannot start "${file}": it ended with the words "${lastWords.trim()}"`;
      reject(new ClusterError(sentence, { code: 'PROCESS_FAILED' }));
    });
    child.send({ type: 'start', options });
  });
  return { child, details };
}

/** Ends a child and waits until it is gone. */
export async function end(child: Child): Promise<void> {
  child.send({ type: 'stop', withinMs: STOP_WITHIN_MS });
  await new Promise<void>((resolve) => child.onExit(() => resolve()));
}
