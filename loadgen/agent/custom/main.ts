/** The thread in which a behaviour file is tried out. */
import { parentPort, workerData } from 'node:worker_threads';
import { asError } from '../../../server/errors/index.ts';
import type { Problem } from './check.ts';
import { loadBehaviour } from './load.ts';

const problem = await loadBehaviour(String(workerData)).then(
  (): Problem => null,
  (error: unknown): Problem => asError(error).message,
);
parentPort?.postMessage({ problem });
