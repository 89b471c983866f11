/** The clients that can be measured, each a process of its own against a server of ours. */
import { LEAN_HEAP } from '../../../server/process/index.ts';
import { COLLECTS_ALONE } from '../../host/index.ts';
import { type DriverName, loopbackAddresses, type Plan, type Share } from '../../plan/index.ts';
import { end, startReady } from '../child.ts';
import { type Subject, subjects } from '../subjects/index.ts';
import type { ClientName, ClientStart } from './client-start.ts';
import { observe, type Taken } from './observe.ts';

/** A client and the server it connects to. */
export interface Client {
  /** Starts a process that follows the plan until all its users are there, and so many seconds more. */
  take(plan: Plan, seconds: number): Promise<Taken>;
  /** Ends the server. */
  stop(): Promise<void>;
}

/** How a client's process is started. */
interface Origin {
  name: string;
  /** How it is set up, for whoever reads the figures. */
  setup: string;
  /** Its file under `dist`. */
  file: string;
  optionsOf: (share: Share) => unknown;
  nodeOptions?: readonly string[];
}

/** As few that the kernel finds a free port at once. */
const USERS_PER_ADDRESS = 500;
/** The first of the servers: ours with its defaults. */
const [server] = subjects;

/** All of them. */
export const clients: readonly Subject<Client>[] = [
  client({
    name: 'load-process',
    setup: 'a load process as a run has it: histograms, three times, figures by worker, oracle',
    file: 'loadgen/agent/main.js',
    optionsOf: (share) => share,
    nodeOptions: [...LEAN_HEAP, ...COLLECTS_ALONE],
  }),
  plain(
    'driver',
    'a plain loop over the driver of a load process, which counts what comes and times nothing',
  ),
  plain('ws', 'a plain loop over package ws, which counts what comes and times nothing'),
  plain('socketcluster-client', 'a plain loop over socketcluster-client 20, which counts and times nothing'),
];

function plain(name: ClientName, setup: string): Subject<Client> {
  const optionsOf = (share: Share): ClientStart => ({ name, share });
  return client({ name, setup, file: 'loadgen/peers/clients/main.js', optionsOf });
}

function client({ name, setup, file, optionsOf, nodeOptions = [] }: Origin): Subject<Client> {
  return {
    name,
    setup,
    prepare: () => Promise.resolve(),
    async start(authKey) {
      if (server === undefined) throw new TypeError(`Cannot measure "${name}": there is no server`);
      const { port, path, ask, stop } = await server.start(authKey);
      await ask('echo');
      return {
        async take(plan, seconds) {
          const share = shareOf(plan, { port, path });
          const { child } = await startReady(file, optionsOf(share), nodeOptions);
          try {
            return await observe(child, plan, seconds);
          } finally {
            await end(child);
          }
        },
        stop,
      };
    },
  };
}

/** Makes the one share of a plan that is followed by a single process on this host. */
export function shareOf(
  plan: Plan,
  { port, path }: { port: number; path: string },
  driver: DriverName = 'socketcluster',
): Share {
  return {
    plan,
    process: 0,
    processes: 1,
    target: { host: '127.0.0.1', port, path, secure: false },
    connect: {},
    sourceAddresses: loopbackAddresses(Math.ceil(plan.users / USERS_PER_ADDRESS)),
    driver,
    protocolVersion: 'auto',
  };
}
