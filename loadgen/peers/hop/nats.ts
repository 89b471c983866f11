/** A nats-server of the measure's own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ClusterError } from '../../../server/errors/index.ts';

/** A nats-server that listens on loopback. */
export interface NatsProcess {
  pid: number;
  /** Where clients find it. */
  server: string;
  stop(): Promise<void>;
}

/** Debian puts servers there, and not every user's path leads there. */
const PATH = `${process.env['PATH']}:/usr/sbin`;

/**
 * Starts it on any free port.
 *
 * @throws ClusterError PROCESS_FAILED when the program is not there or does not start.
 */
export async function startNats(): Promise<NatsProcess> {
  const child = spawn('nats-server', ['-a', '127.0.0.1', '-p', '-1'], {
    env: { ...process.env, PATH },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const failed = once(child, 'error').then(([error]: Error[]) => {
    throw failure(error?.message ?? 'the system refused', error);
  });
  const server = await Promise.race([findAddress(child.stderr), failed]);
  const exited = once(child, 'exit');
  child.stderr.resume();
  return {
    pid: child.pid ?? 0,
    server,
    async stop() {
      child.kill();
      await exited;
    },
  };
}

/** Reads on until the server is ready. */
async function findAddress(output: NodeJS.ReadableStream): Promise<string> {
  let address = '';
  let lastLine = 'nothing';
  for await (const line of createInterface(output)) {
    lastLine = line;
    address = /client connections on (\S+)/.exec(line)?.[1] ?? address;
    if (line.includes('Server is ready')) {
      return address;
    }
  }
  throw failure(`its last words: ${lastLine}`);
}

function failure(reason: string, cause?: unknown): ClusterError {
  const remedy = 'wanted is a program on the path, for example by sudo apt-get install nats-server';
  return new ClusterError(`Cannot start "nats-server": ${reason}, ${remedy}`, {
    code: 'PROCESS_FAILED',
    cause,
  });
}
