/** The broker process proper: a unix socket, and the router behind it. */
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { ClusterError } from '../errors/index.ts';
import type { RoleFigures } from '../observe/index.ts';
import type { Bridge, BridgeOptions } from './nats/index.ts';
import { Router, type RouterOptions } from './router.ts';

/** What a broker's server needs to know. */
export interface ServerOptions extends RouterOptions {
  path: string;
  /** How to join the brokers of other hosts. Default: there are none. */
  hosts?: Omit<BridgeOptions, 'warn'>;
  /** Takes what an operator should know. Default: nobody does. */
  warn?(problem: Error): void;
}

/** A broker that listens. */
export interface BrokerServer {
  figures(): RoleFigures;
  /** Ends all links after what is on its way and takes the socket away. */
  close(): Promise<void>;
}

/** The kernel's limit for the path of a unix socket; a longer one would be cut off in silence. */
const MAX_PATH_BYTES = 107;

/** Pause between two looks at what has reached its time in the store, milliseconds. */
const SWEEP_MS = 250;

/** Workers that do not read must not keep a broker from stopping. */
const CLOSE_WITHIN_MS = 500;

/**
 * Joins other hosts, where there are any, then listens on a unix socket for workers. A file left at the path by a
 * broker that was killed is replaced.
 *
 * @throws ClusterError OPTION_INVALID when the path is too long, CLUSTER_UNREACHABLE.
 */
export async function startBrokerServer(options: ServerOptions): Promise<BrokerServer> {
  const { path } = options;
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) {
    throw new ClusterError(
      `Cannot listen on "${path}": it has ${Buffer.byteLength(path)} bytes, the most is ${MAX_PATH_BYTES}`,
      { code: 'OPTION_INVALID' },
    );
  }
  rmSync(path, { force: true });
  const router = new Router(options);
  const bridge = await joinHosts(options, router);
  const server = createServer((socket) => router.accept(socket));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);
  const sweeper = setInterval(() => router.sweep(), SWEEP_MS).unref();
  return {
    figures: () => router.figures(),
    close: async () => {
      clearInterval(sweeper);
      await close(server, router);
      await bridge?.close();
    },
  };
}

/** The client of NATS is loaded where hosts are joined: all other brokers are smaller by it. */
async function joinHosts(
  { hosts, warn = ignore }: ServerOptions,
  router: Router,
): Promise<Bridge | undefined> {
  if (hosts === undefined) {
    return undefined;
  }
  const { buildBridge } = await import('./nats/index.ts');
  const bridge = await buildBridge({ ...hosts, warn }, router);
  router.join(bridge);
  return bridge;
}

/** Nobody wants to know. */
function ignore(): void {}

async function close(server: Server, router: Router): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  router.end();
  const timer = setTimeout(() => router.destroy(), CLOSE_WITHIN_MS);
  await closed;
  clearTimeout(timer);
}
