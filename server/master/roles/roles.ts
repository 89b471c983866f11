/** How each kind of process is started, and with what. */
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import type { Options } from '../../options/index.ts';
import type { Handle } from '../../process/handover/index.ts';
import type { supervise } from '../../process/index.ts';
import { type Extra, forkBalancer, forkBroker, forkWorker, isDealt } from '../fork.ts';
import type { ClusterPlan } from '../plan.ts';
import type { Relay } from './relay.ts';
import type { User } from './user.ts';

/** As the brokers want it. */
const HOST_ID_DIGITS = 12;

/** What supervising a process takes that depends on its role. */
export type How = Pick<
  Parameters<typeof supervise>[0],
  'leave' | 'overlap' | 'restart' | 'start' | 'startMessage'
>;

/**
 * One process that is to be looked into, as by a profiler, and what it is started with for that. No option:
 * only a program that starts the master as its child can name one.
 */
export interface Instrumented extends Extra {
  role: 'balancer' | 'broker' | 'worker';
  id: number;
}

/** What all processes of a cluster have in common. */
export interface Setting {
  options: Options;
  /** The public port, never 0. */
  port: number;
  /** Known to brokers and workers. */
  secret: string;
  plan: ClusterPlan;
  /** Whom all processes but the master become. Default: the user of the master. */
  user?: User | undefined;
  /** The public port as those that own it listen on it. Default: they open it through Node's cluster module. */
  held?: Handle;
  /** Default: none is looked into. */
  instrumented?: Instrumented | undefined;
}

/** What this process alone is started with. */
function extraOf({ instrumented }: Setting, role: Instrumented['role'], id: number): Extra | undefined {
  return instrumented?.role === role && instrumented.id === id ? instrumented : undefined;
}

export function howToRunBroker(setting: Setting, id: number): How {
  const { options, plan, secret, user } = setting;
  const { brokerController, cluster, ipcAckTimeout, propagateErrors, propagateWarnings } = options;
  let starts = 0;
  return {
    restart: true,
    start: () => forkBroker({ user, extra: extraOf(setting, 'broker', id) }),
    startMessage: () => ({
      type: 'start',
      options: {
        id,
        path: plan.brokerPaths[id],
        secret,
        sessionTimeoutMs: options.sessionTimeout * 1_000,
        talk: { ipcAckTimeout, propagateErrors, propagateWarnings, crashOnError: true },
        ...(brokerController === undefined ? {} : { controller: brokerController }),
        ...(cluster === undefined ? {} : { cluster, hostId: hostIdOf(plan), mayBeAlone: starts++ > 0 }),
      },
    }),
  };
}

/** Tells this start of this host from all others; its brokers have it in common, restarted ones too. */
function hostIdOf({ brokerPaths }: ClusterPlan): string {
  // The folder of the sockets has a random name, but other hosts may have chosen the same.
  const start = [hostname(), process.pid, performance.timeOrigin, ...brokerPaths].join();
  return createHash('sha256').update(start).digest('hex').slice(0, HOST_ID_DIGITS);
}

export function howToRunWorker(setting: Setting, id: number, relay: Relay): How {
  const { held, options, plan, port, secret, user } = setting;
  const socketPath = plan.workerPaths[id];
  const ownsPort = socketPath === undefined;
  const isWorkerDealt = isDealt(options.schedulingPolicy, options.workers);
  return {
    restart: options.rebootWorkerOnCrash,
    overlap: true,
    start: () => {
      const worker = forkWorker({
        user,
        held: ownsPort ? held : undefined,
        extra: extraOf(setting, 'worker', id),
      });
      relay.add(worker);
      return worker;
    },
    startMessage: () => ({
      type: 'start',
      options: {
        id,
        options: { ...options, port },
        brokers: { paths: plan.brokerPaths, secret },
        maxConnections: plan.maxConnections,
        ...(ownsPort ? { isPortHeld: held !== undefined, isDealt: isWorkerDealt } : { socketPath }),
      },
    }),
  };
}

export function howToRunBalancer(setting: Setting, id: number, relay: Relay): How {
  const { held, options, plan, port, user } = setting;
  const { maxConnections, workerPaths } = plan;
  return {
    restart: true,
    start: () =>
      forkBalancer((message, connection) => relay.take(message, connection), {
        user,
        held,
        extra: extraOf(setting, 'balancer', id),
      }),
    startMessage: () => ({
      type: 'start',
      options: {
        id,
        options: { ...options, port },
        workerPaths,
        isPortHeld: held !== undefined,
        // Under TLS each connection takes a second one, to its worker.
        maxConnections: options.protocol === 'https' ? Math.floor(maxConnections / 2) : maxConnections,
        ...relay.round(),
      },
    }),
  };
}
