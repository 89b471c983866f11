/** Forks workers through Node's cluster module, which deals connections out among them. */
import cluster from 'node:cluster';
import { adoptChild, type Child, entry, LEAN_HEAP, type Message } from '../process/index.ts';

/** Prepares forking; called once per master, before the first fork. */
export function prepareForks(policy: 'rr' | 'none'): void {
  cluster.schedulingPolicy = policy === 'rr' ? cluster.SCHED_RR : cluster.SCHED_NONE;
  cluster.setupPrimary({
    exec: entry('server/worker/main.js'),
    args: [],
    execArgv: [...LEAN_HEAP],
    silent: true,
  });
}

/** Forks one worker. */
export function forkWorker(): Child {
  const forked = cluster.fork().process;
  const { stdout, stderr, pid } = forked;
  if (stdout === null || stderr === null || pid === undefined) {
    throw new Error('Cannot fork a worker: the system refused');
  }
  return sendAfterHello(adoptChild(Object.assign(forked, { stdout, stderr }), pid));
}

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
