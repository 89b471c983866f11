/** Which of the options mean something to a realtime server in its caller's own process. */
import { randomBytes } from 'node:crypto';
import {
  refusalOf,
  resolveWith,
  type ServerOptions,
  type ServerOptionsInput,
  schema,
  serverTable,
} from '../options/index.ts';

/** Options of a realtime server without a cluster; defaults are the cluster's. */
export type AttachOptions = ServerOptionsInput;

/**
 * Checks and completes options. Without keys the tokens' secret is random.
 *
 * @param warn Gets a sentence for each option that is taken and has no effect.
 * @throws ClusterError OPTION_INVALID naming every option that is wrong.
 */
export function resolveAttachOptions(raw: AttachOptions, warn: (sentence: string) => void): ServerOptions {
  const options = resolveWith(serverTable, raw, { warn, refuse });
  return { ...options, authKey: options.authKey ?? randomBytes(32).toString('hex') };
}

function refuse(name: string): string {
  if (name === 'port' || name === 'host') {
    return `Cannot use option "${name}": the HTTP server listens where its owner says, wanted is an argument of its listen`;
  }
  return Object.hasOwn(schema.shape, name)
    ? `Cannot use option "${name}": it is for a cluster of processes, and this server runs in its caller's own`
    : refusalOf(name, Object.keys(serverTable));
}
