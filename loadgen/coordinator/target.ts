/** The server under test, and our own cluster as one. */
import { ClusterError, catalogue, type ErrorCode } from '../../server/errors/index.ts';
import type { OptionsInput } from '../../server/options/index.ts';
import {
  type Child,
  type Exit,
  entry,
  LEAN_HEAP,
  type Message,
  startChild,
} from '../../server/process/index.ts';
import type { HostAddress } from '../plan/index.ts';

export interface Target {
  host: string;
  port: number;
  path: string;
  url: string;
  /** Where the probe looks; undefined for a target that is not ours. */
  stateUrl?: string;
  /** Further hosts of it, which users go to in turn. Default none. */
  others?: readonly HostAddress[];
  /** Where the probe looks, host by host, at a target that runs already. Default nowhere. */
  hostStateUrls?: readonly string[];
  /** Sends its users away in peace and ends it; resolves when nothing of it is left. Only of our own. */
  drain?(): Promise<void>;
  /** Drains one of its hosts and starts it again, for users to find it where it was. Only of our own hosts. */
  restart?(host: number): Promise<void>;
  /** Resolves when our own cluster has ended, asked or not; never for a target that is not ours. */
  readonly ended: Promise<Exit>;
  stop(): Promise<void>;
}

/** One process of our own cluster that is started so that it can be looked into, as by a profiler. */
export interface Instrument {
  role: 'master' | 'balancer' | 'worker' | 'broker';
  id: number;
  /** Node's own flags, beyond the usual ones. */
  nodeOptions: readonly string[];
  /** Added to its environment. */
  environment: Readonly<Record<string, string>>;
}

/** Time for a whole cluster to come up, milliseconds. */
const READY_WITHIN_MS = 60_000;
/** Time for a cluster without clients to end, milliseconds. */
const STOP_WITHIN_MS = 15_000;
/** The same for one that is drained: its options bound it long before. */
const DRAIN_WITHIN_MS = 600_000;
/** Where SocketCluster is spoken unless somebody says otherwise. */
export const DEFAULT_PATH = '/socketcluster/';

/**
 * Starts our own cluster.
 *
 * @throws ClusterError with the code the cluster gave, for example PORT_IN_USE.
 */
export async function startTarget(options: OptionsInput, instrument?: Instrument): Promise<Target> {
  const ofMaster = instrument?.role === 'master' ? instrument : undefined;
  const child = await startChild(entry('server/master/main.js'), {
    nodeOptions: [...LEAN_HEAP, ...(ofMaster?.nodeOptions ?? [])],
    environment: ofMaster?.environment ?? {},
    stdout: process.stderr,
  });
  const ended = new Promise<Exit>((resolve) => child.onExit(resolve));
  const stop = async (): Promise<void> => {
    child.send({ type: 'stop', withinMs: STOP_WITHIN_MS });
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await ended;
    clearTimeout(timer);
  };
  const drain = async (): Promise<void> => {
    child.send({ type: 'stop', withinMs: DRAIN_WITHIN_MS, drain: true });
    await ended;
  };
  const instrumented = ofMaster === undefined ? instrument : undefined;
  child.send({ type: 'start', options: { ...options, instrumented } });
  const { port, adminPort } = await whenReady(child).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const path = options.path ?? DEFAULT_PATH;
  return {
    host: '127.0.0.1',
    port,
    path,
    url: `ws://127.0.0.1:${port}${path}`,
    stateUrl: `http://127.0.0.1:${adminPort}/state`,
    ended,
    drain,
    stop,
  };
}

/** Resolves with the ports of a cluster that is there. */
function whenReady(child: Child): Promise<{ port: number; adminPort: number }> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void =>
      reject(failure({ type: 'failed', message: `Cannot start the server: ${why}` }));
    child.onMessage((message) => {
      if (message.type === 'ready') {
        resolve(message['details'] as { port: number; adminPort: number });
      } else if (message.type === 'failed') {
        reject(failure(message));
      }
    });
    child.onExit(({ lastWords }) => fail(lastWords.trim()));
    setTimeout(() => fail('it did not get ready in time'), READY_WITHIN_MS).unref();
  });
}

function failure(message: Message): ClusterError {
  const code = String(message['code']);
  const known = Object.hasOwn(catalogue, code) ? (code as ErrorCode) : 'PROCESS_FAILED';
  return new ClusterError(String(message['message']), { code: known });
}
