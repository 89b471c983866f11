import { randomBytes, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import type { Options } from '../../options/index.ts';
import { findController } from '../../process/controller/index.ts';

/** What Node's TLS wants as key of session tickets, bytes. */
const TICKET_KEYS_BYTES = 48;
/** Longest name of a host. */
const MOST_NAME = 64;
/** Time to drain while an application is being written, milliseconds. */
const DEV_TERM_MS = 1_000;

/** @throws ClusterError CONTROLLER_INVALID for a controller whose file is not there: sooner than its process would. */
export function findControllers(options: Options): void {
  const { balancerController, brokerController, workerController } = options;
  for (const [role, path] of Object.entries({
    worker: workerController,
    broker: brokerController,
    balancer: balancerController,
  })) {
    if (path !== undefined) {
      findController(role, path);
    }
  }
}

/** As the option takes it: what else a machine is called by is left out. */
function nameOfMachine(): string {
  return (
    hostname()
      .replaceAll(/[^\w.-]/g, '')
      .slice(0, MOST_NAME) || 'host'
  );
}

/** Fills in what all processes must have alike: one key each, or they would refuse each other's tokens and tickets. */
export function completeOptions(options: Options): Options {
  const { balancerController, brokerController, environment, protocolOptions, workerController } = options;
  const { cluster, drainWindow, hostName, processTermTimeout } = options;
  const isDev = environment === 'dev';
  return {
    ...options,
    authKey: options.authKey ?? randomBytes(32).toString('hex'),
    instanceId: options.instanceId ?? randomUUID(),
    hostName: hostName ?? (cluster === undefined ? undefined : nameOfMachine()),
    processTermTimeout: isDev ? Math.min(processTermTimeout, DEV_TERM_MS) : processTermTimeout,
    drainWindow: isDev ? undefined : drainWindow,
    workerController: resolve(workerController),
    ...(balancerController === undefined ? {} : { balancerController: resolve(balancerController) }),
    ...(brokerController === undefined ? {} : { brokerController: resolve(brokerController) }),
    protocolOptions: { ticketKeys: randomBytes(TICKET_KEYS_BYTES), ...protocolOptions },
  };
}
