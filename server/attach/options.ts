/** Which of the options mean something to a realtime server in its caller's own process. */
import { randomBytes } from 'node:crypto';
import { ClusterError, suggest } from '../errors/index.ts';
import { type Options, type OptionsInput, resolveOptions, schema } from '../options/index.ts';

const ownNames = [
  'ackTimeout',
  'addSessionToHTTPRequest',
  'addressSocketLimit',
  'allowClientPublish',
  'appName',
  'authAlgorithm',
  'authCacheSize',
  'authDefaultExpiry',
  'authKey',
  'authPrivateKey',
  'authPublicKey',
  'authVerifyAlgorithms',
  'batchInterval',
  'batchOnHandshake',
  'batchOnHandshakeDuration',
  'handshakeTimeout',
  'maxPayload',
  'middlewareEmitWarnings',
  'middlewareTimeout',
  'origins',
  'outboundHardLimit',
  'outboundSoftLimit',
  'path',
  'perMessageDeflate',
  'pingInterval',
  'pingTimeout',
  'pingTimeoutDisabled',
  'processTermTimeout',
  'protocolVersion',
  'pubSubBatchDuration',
  'sessionTimeout',
  'socketChannelLimit',
  'wsEngine',
  'wsEngineServerOptions',
] as const satisfies readonly (keyof Options)[];

/** Options of a realtime server without a cluster; defaults are the cluster's. */
export type AttachOptions = Pick<OptionsInput, (typeof ownNames)[number]>;

/** Read by masters only, but required. */
const NO_CONTROLLER = { workerController: 'none' };

/**
 * Checks and completes options. Without keys the tokens' secret is random.
 *
 * @throws ClusterError OPTION_INVALID naming every option that is wrong.
 */
export function resolveAttachOptions(raw: AttachOptions): Options {
  const known: readonly string[] = ownNames;
  const names = Object.keys(raw);
  const problems = names.filter((name) => !known.includes(name)).map(refusalOf);
  const own = Object.fromEntries(Object.entries(raw).filter(([name]) => known.includes(name)));
  try {
    const options = resolveOptions({ ...own, ...NO_CONTROLLER });
    if (problems.length === 0) {
      return { ...options, authKey: options.authKey ?? randomBytes(32).toString('hex') };
    }
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  throw new ClusterError(problems.join('\n'), { code: 'OPTION_INVALID' });
}

function refusalOf(name: string): string {
  if (name === 'port' || name === 'host') {
    return `Cannot use option "${name}": the HTTP server listens where its owner says, wanted is an argument of its listen`;
  }
  return name in schema.shape
    ? `Cannot use option "${name}": it is for a cluster of processes, and this server runs in its caller's own`
    : `Cannot use option "${name}": there is no such option${suggest(name, [...ownNames])}`;
}
