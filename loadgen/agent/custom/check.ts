/**
 * Whether behaviours of the scenario's own can be loaded, found out in a thread: whatever a file opens, starts or
 * prints while it is loaded is none of the business of a process that only asks.
 */
import { Worker } from 'node:worker_threads';
import { asError, ClusterError } from '../../../server/errors/index.ts';
import { entry } from '../../../server/process/index.ts';
import type { Group } from '../../plan/index.ts';
import { unusable } from './load.ts';

/** Time a file has to be loaded, milliseconds. */
const LOAD_WITHIN_MS = 10_000;

/** What the thread tells: why the file cannot be used, or that nothing is wrong with it. */
export type Problem = string | null;

/**
 * Looks at the modules of all groups that have one, by their absolute paths.
 *
 * @throws ClusterError OPTION_INVALID for the first one that cannot be loaded or exports no function `behaviour`.
 */
export async function checkOwnBehaviours(
  groups: readonly Pick<Group, 'behaviour'>[],
  { withinMs = LOAD_WITHIN_MS } = {},
): Promise<void> {
  const files = groups.flatMap(({ behaviour }) => (behaviour.kind === 'custom' ? [behaviour.file] : []));
  for (const file of new Set(files)) await check(file, withinMs);
}

async function check(file: string, withinMs: number): Promise<void> {
  const thread = new Worker(entry('loadgen/agent/custom/main.js'), {
    workerData: file,
    stdout: true,
    stderr: true,
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      thread.on('message', ({ problem }: { problem: Problem }) => {
        if (problem === null) resolve();
        else reject(new ClusterError(problem, { code: 'OPTION_INVALID' }));
      });
      thread.on('error', (error) => reject(unusable(file, asError(error).message, error)));
      thread.on('exit', (code) => reject(unusable(file, `it ended with code ${code} while it was loaded`)));
      timer = setTimeout(() => reject(unusable(file, `it is not loaded after ${withinMs} ms`)), withinMs);
    });
  } finally {
    clearTimeout(timer);
    await thread.terminate();
  }
}
