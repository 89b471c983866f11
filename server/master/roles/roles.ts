/** How each kind of process is started, and with what. */
import type { Options } from '../../options/index.ts';
import type { supervise } from '../../process/index.ts';
import { forkBalancer, forkBroker, forkWorker } from '../fork.ts';
import type { ClusterPlan } from '../plan.ts';
import type { Relay } from './relay.ts';

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
}

export function howToRunBroker({ options, plan, secret }: Setting, id: number): How {
  const { brokerController, sessionTimeout } = options;
  return {
    restart: true,
    start: forkBroker,
    startMessage: () => ({
      type: 'start',
      options: {
        id,
        path: plan.brokerPaths[id],
        secret,
        sessionTimeoutMs: sessionTimeout * 1_000,
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
      const worker = forkWorker();
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

export function howToRunBalancer({ options, plan, port }: Setting, id: number, relay: Relay): How {
  const { maxConnections, workerPaths } = plan;
  return {
    restart: true,
    start: () => forkBalancer((message, connection) => relay.take(message, connection)),
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
