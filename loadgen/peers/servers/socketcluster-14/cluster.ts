/** `socketcluster` 14 as its own server.js starts it: a master, one worker, one broker. */
import { ClusterError } from '../../../../server/errors/index.ts';
import { entry } from '../../../../server/process/index.ts';
import { processTree } from '../../../gate/bench/machine/index.ts';
import type { ServerStart, ServerStarted } from '../server-start.ts';

/** What the worker tells the master once it listens. */
export type WorkerReport = Pick<ServerStarted, 'port' | 'pid'>;

interface Library {
  create(options: object): {
    on(event: 'workerMessage', listener: (worker: number, report: WorkerReport) => void): void;
    on(event: 'fail', listener: (error: Error) => void): void;
  };
}

/** Errors alone: it tells of its start on stdout. */
const LOG_LEVEL = 1;

/**
 * Starts it, with its sockets in a folder. Its other processes end with this one.
 *
 * @throws ClusterError PROCESS_FAILED when one of them fails before the worker listens.
 */
export function startSocketCluster14(
  load: NodeJS.Require,
  { packages, authKey, socketRoot }: Omit<ServerStart, 'name'> & { socketRoot: string },
): Promise<ServerStarted> {
  // It asks in which folder the main module lies, and no ES module is one.
  process.mainModule = { filename: packages } as NodeJS.Module;
  const library = load('socketcluster') as Library;
  const cluster = library.create({
    workers: 1,
    brokers: 1,
    host: '127.0.0.1',
    port: 0,
    environment: 'prod',
    wsEngine: 'ws',
    logLevel: LOG_LEVEL,
    authKey,
    socketRoot,
    workerController: entry('loadgen/peers/servers/socketcluster-14/main.js'),
    // Options of its own, which the worker is started with as with all others.
    packages,
  });
  return new Promise((resolve, reject) => {
    cluster.on('workerMessage', (_worker, { port, pid }) => {
      resolve({ port, pid, pids: processTree(process.pid) });
    });
    cluster.on('fail', (cause) => {
      const sentence = `Cannot start "socketcluster" 14: ${cause.message}`;
      reject(new ClusterError(sentence, { code: 'PROCESS_FAILED', cause }));
    });
  });
}
