/** How each kind of process is started, and with what. */
import type { Options } from '../../options/index.ts';
import type { supervise } from '../../process/index.ts';
import { forkBalancer, forkBroker, forkWorker } from '../fork.ts';
import type { ClusterPlan } from '../plan.ts';
import type { Relay } from './relay.ts';
import type { User } from './user.ts';

/** What supervising a process takes that depends on its role. */
export type How = Pick<Parameters<typeof supervise>[0], 'restart' | 'start' | 'startMessage'>;

/** What all processes of a cluster have in common. */
export interface Setting {
  options: Options;
  /** The public port, never 0. */
  port: number;
  /** Known to brokers and workers. */
  secret: string;
  plan: ClusterPlan;
  /** Whom all processes but the master become. Default: the user of the master. */
  user?: User;
}

export function howToRunBroker({ options, plan, secret, user }: Setting, id: number): How {
  const { brokerController, ipcAckTimeout, propagateErrors, propagateWarnings, sessionTimeout } = options;
  return {
    restart: true,
    start: () => forkBroker(user),
    startMessage: () => ({
      type: 'start',
      options: {
        id,
        path: plan.brokerPaths[id],
        secret,
        sessionTimeoutMs: sessionTimeout * 1_000,
        talk: { ipcAckTimeout, propagateErrors, propagateWarnings, crashOnError: true },
        ...(brokerController === undefined ? {} : { controller: brokerController }),
      },
    }),
  };
}

export function howToRunWorker(setting: Setting, id: number, relay: Relay): How {
  const { options, plan, port, secret } = setting;
  const socketPath = plan.workerPaths[id];
  return {
    restart: options.rebootWorkerOnCrash,
    start: () => {
      const worker = forkWorker(setting.user);
      relay.add(id, worker);
      return worker;
    },
    startMessage: () => ({
      type: 'start',
      options: {
        id,
        options: { ...options, port },
        brokers: { paths: plan.brokerPaths, secret },
        maxConnections: plan.maxConnections,
        ...(socketPath === undefined ? {} : { socketPath }),
      },
    }),
  };
}

export function howToRunBalancer({ options, plan, port, user }: Setting, id: number, relay: Relay): How {
  const { maxConnections, workerPaths } = plan;
  return {
    restart: true,
    start: () => forkBalancer((message, connection) => relay.take(message, connection), user),
    startMessage: () => ({
      type: 'start',
      options: {
        id,
        options: { ...options, port },
        workerPaths,
        // Under TLS each connection takes a second one, to its worker.
        maxConnections: options.protocol === 'https' ? Math.floor(maxConnections / 2) : maxConnections,
        ...relay.round(),
      },
    }),
  };
}
