/**
 * Forks the cluster's processes: those that share the public port through Node's cluster module, which deals
 * connections out, brokers as plain children.
 */
import { type ChildProcess, fork as forkChild } from 'node:child_process';
import cluster from 'node:cluster';
import { ClusterError } from '../errors/index.ts';
import { closeUntaken, type Handle, lendPort, onHandle, postHandle } from '../process/handover/index.ts';
import { adoptChild, type Child, entry, LEAN_HEAP, type Message } from '../process/index.ts';

/**
 * Has a process that holds very many sockets collect garbage once its memory has grown by a quarter, and not
 * when it has nearly doubled. With 14,000 sockets it saved 15 to 25 MB a worker, for under 1 % of a core.
 */
const TIGHT_HEAP = ['--heap-growing-percent=25'];

/** Whom a process is to become. Undefined: the user of the master. */
type User = { uid: number; gid: number } | undefined;

/**
 * Prepares forking; called once per master, before the first fork.
 *
 * @param policy The option `schedulingPolicy`.
 * @param sharers Processes that share the public port. A single one accepts by itself whatever the policy:
 *   there is nobody to be even with, and dealing costs about 80 µs a connection, half of it here.
 */
export function prepareForks(policy: 'rr' | 'none', sharers: number): void {
  cluster.schedulingPolicy = isDealt(policy, sharers) ? cluster.SCHED_RR : cluster.SCHED_NONE;
  cluster.setupPrimary({
    exec: entry('server/worker/main.js'),
    args: [],
    silent: true,
  });
}

/** Whether the master accepts connections and deals them out; else its processes accept by themselves. */
export function isDealt(policy: 'rr' | 'none', sharers: number): boolean {
  return policy === 'rr' && sharers > 1;
}

/** A forked process that can be sent connections. */
export interface Forked extends Child {
  /** Sends a message with a connection. `settled` is called once this process may close its end of it. */
  sendHandle(message: Message, handle: Handle, settled: () => void): void;
}

/** How a process is started beyond what all of its role have: with flags of Node and names in its environment. */
export interface Extra {
  nodeOptions: readonly string[];
  environment: Readonly<Record<string, string>>;
}

/** Forks one broker. */
export function forkBroker({ user, extra }: Pick<ForkOptions, 'user' | 'extra'> = {}): Child {
  const forked = forkChild(entry('server/broker/main.js'), {
    ...user,
    execArgv: [...LEAN_HEAP, ...(extra?.nodeOptions ?? [])],
    env: { ...process.env, ...extra?.environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  return adopt(forked);
}

/** Whom a process is to become, the port it may listen on when it asks for it, and what it alone is started with. */
interface ForkOptions {
  user?: User;
  held?: Handle | undefined;
  extra?: Extra | undefined;
}

/** Forks one worker. */
export function forkWorker(options: ForkOptions = {}): Forked {
  const { child, forked } = fork('server/worker/main.js', options);
  return { ...child, sendHandle: (message, handle, settled) => postHandle(forked, message, handle, settled) };
}

/** Forks one balancer. `take` gets each connection that it hands over, with the message that came along. */
export function forkBalancer(
  take: (message: Message, connection: Handle) => void,
  options: ForkOptions = {},
): Child {
  const { child, forked } = fork('server/balancer/main.js', options);
  onHandle(forked, 'connection', take);
  return child;
}

function fork(file: string, { user, held, extra }: ForkOptions): { child: Child; forked: ChildProcess } {
  // What is set up stays set up, so the flags of one process have to be taken back from the next.
  const execArgv = [...LEAN_HEAP, ...TIGHT_HEAP, ...(extra?.nodeOptions ?? [])];
  cluster.setupPrimary({ exec: entry(file), execArgv, ...user });
  const worker = cluster.fork(extra?.environment);
  // A connection dealt to a worker that is just ending makes an error here; unheard, it would end the master.
  worker.on('error', ignore);
  const forked = worker.process;
  closeUntaken(forked);
  if (held !== undefined) {
    lendPort(forked, held);
  }
  return { child: sendAfterHello(adopt(forked)), forked };
}

function adopt(forked: ChildProcess): Child {
  const { stdout, stderr, pid } = forked;
  if (stdout === null || stderr === null || pid === undefined) {
    throw new ClusterError('Cannot fork a process: the system refused', { code: 'PROCESS_FAILED' });
  }
  return adoptChild(Object.assign(forked, { stdout, stderr }), pid);
}

/** The exit of the process tells what there is to tell. */
function ignore(): void {}

/** Node drops what a cluster's worker is sent before it listens, so that waits for its hello. */
function sendAfterHello(child: Child): Child {
  let waiting: Message[] | undefined = [];
  child.onMessage(({ type }) => {
    if (type === 'hello') {
      for (const message of waiting?.splice(0) ?? []) {
        child.send(message);
      }
      waiting = undefined;
    }
  });
  return {
    ...child,
    send(message) {
      if (waiting === undefined) {
        child.send(message);
      } else {
        waiting.push(message);
      }
    },
  };
}
