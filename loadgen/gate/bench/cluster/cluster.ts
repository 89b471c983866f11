/** A whole server of one build, started fresh and kept on its core. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ClusterError } from '../../../../server/errors/index.ts';
import { type Child, entry, startChild } from '../../../../server/process/index.ts';
import { makeTemporaryFolder } from '../../../results/index.ts';
import { environmentOf, type Planted } from '../application/index.ts';
import { pin, processTree } from '../machine/index.ts';
import { Lines } from './lines.ts';

/** What is started. */
export interface ClusterOptions {
  /** An installed and built tree of the project. */
  readonly directory: string;
  readonly workers: number;
  readonly brokers: number;
  /** Undefined: wherever the kernel likes. */
  readonly core: number | undefined;
  readonly planted: Planted | null;
}

/** A server that is ready. */
export interface Cluster {
  readonly port: number;
  readonly path: string;
  /** All its processes. */
  readonly pids: readonly number[];
  /** To the applications in its workers. */
  readonly lines: Pick<Lines, 'ask'>;
  /** Ends it, by force when it takes too long. */
  stop(): Promise<void>;
}

/** Every build has it there. */
const DOOR = 'dist/server/index.js';
const PATH = '/socketcluster/';
/** Errors alone: what a build logs is no part of the comparison. */
const LOG_LEVEL = 1;

/** Time for a whole cluster to come up, and for one without clients to end, milliseconds. */
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 5_000;

/**
 * Starts a server of a build.
 * @throws ClusterError PROCESS_FAILED when it ends before it is ready, or is not ready in time.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { directory, workers, brokers, core, planted } = options;
  const folder = await makeTemporaryFolder('gate-server');
  const line = join(folder, 'line');
  const lines = await Lines.open(line);
  const child = await startChild(entry('loadgen/gate/bench/cluster/main.js'), {
    environment: environmentOf({ line, planted }),
    stdout: process.stderr,
  });
  const stop = async (): Promise<void> => {
    await end(child, lines);
    lines.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    pin(child.pid, core);
    const port = await start(child, { door: join(directory, DOOR), workers, brokers });
    await lines.joined(workers, READY_WITHIN_MS);
    return { port, path: PATH, pids: processTree(child.pid), lines, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(child: Child, to: { door: string; workers: number; brokers: number }): Promise<number> {
  const { door, workers, brokers } = to;
  const options = {
    port: 0,
    path: PATH,
    workers,
    brokers,
    logLevel: LOG_LEVEL,
    workerController: entry('loadgen/gate/bench/application/controller.js'),
  };
  const failure = (why: string): ClusterError =>
    new ClusterError(`Cannot start the server "${door}": ${why}`, { code: 'PROCESS_FAILED' });
  return new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => reject(failure('it did not get ready in time')), READY_WITHIN_MS);
    child.onMessage((message) => {
      if (message.type === 'failed') reject(failure(String(message['message'])));
      if (message.type !== 'ready') return;
      clearTimeout(timer);
      resolve((message['details'] as { port: number }).port);
    });
    child.onExit(({ lastWords }) => {
      clearTimeout(timer);
      reject(failure(`it ended with the words "${lastWords.trim()}"`));
    });
    child.send({ type: 'start', options: { door, options } });
  });
}

async function end(child: Child, lines: Lines): Promise<void> {
  const pids = processTree(child.pid);
  const timer = setTimeout(() => pids.forEach(kill), STOP_WITHIN_MS);
  // A worker that answers has heard that its clients are gone. One that has not would bid them farewell for seconds.
  await lines.ask('end');
  child.send({ type: 'stop', withinMs: STOP_WITHIN_MS });
  await new Promise<void>((resolve) => child.onExit(() => resolve()));
  clearTimeout(timer);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}
