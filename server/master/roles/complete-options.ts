import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { Options } from '../../options/index.ts';

/** What Node's TLS wants as key of session tickets, bytes. */
const TICKET_KEYS_BYTES = 48;

/** Fills in what all processes must have alike: one key each, or they would refuse each other's tokens and tickets. */
export function completeOptions(options: Options): Options {
  const { authKey, balancerController, brokerController, protocolOptions, workerController } = options;
  return {
    ...options,
    authKey: authKey ?? randomBytes(32).toString('hex'),
    workerController: resolve(workerController),
    ...(balancerController === undefined ? {} : { balancerController: resolve(balancerController) }),
    ...(brokerController === undefined ? {} : { brokerController: resolve(brokerController) }),
    protocolOptions: { ticketKeys: randomBytes(TICKET_KEYS_BYTES), ...protocolOptions },
  };
}
