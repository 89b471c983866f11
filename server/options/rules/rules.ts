/** What options must keep among each other, beyond what each of them is by itself. */

import type { Options } from '../schema.ts';
import { findTlsProblem } from '../tls/index.ts';
import { findKeyPairProblem } from './key-pair.ts';

/** One rule. It is looked at when all options it needs are right by themselves. */
interface Rule {
  needs: readonly (keyof Options)[];
  /** The problem as a sentence; undefined when the rule is kept. */
  find(options: Options): string | undefined;
}

function rule<Name extends keyof Options>(
  needs: readonly Name[],
  find: (options: Pick<Options, Name>) => string | undefined,
): Rule {
  return { needs, find };
}

/** Options of `ws` that would have it listen by itself, or let nobody in. */
const WHERE_TO_LISTEN = ['path', 'port', 'server'] as const;

const rules: readonly Rule[] = [
  rule(['adminPort', 'port'], ({ adminPort, port }) =>
    adminPort !== 0 && adminPort === port
      ? `Cannot use option "adminPort": current value is ${adminPort}, wanted is another than that of port`
      : undefined,
  ),
  rule(['pingInterval', 'pingTimeout', 'pingTimeoutDisabled'], (options) => {
    // A client counts from ping to ping: one that is late by less than that must not end it.
    const least = options.pingInterval * 1.25;
    return !options.pingTimeoutDisabled && options.pingTimeout < least
      ? `Cannot use option "pingTimeout": current value is ${options.pingTimeout}, wanted is at least ${least}, a quarter more than pingInterval`
      : undefined;
  }),
  rule(['outboundHardLimit', 'outboundSoftLimit'], ({ outboundHardLimit, outboundSoftLimit }) =>
    outboundHardLimit < outboundSoftLimit
      ? `Cannot use option "outboundHardLimit": current value is ${outboundHardLimit}, wanted is at least outboundSoftLimit, ${outboundSoftLimit}`
      : undefined,
  ),
  rule(['authKey', 'authPrivateKey', 'cluster'], ({ authKey, authPrivateKey, cluster }) =>
    cluster !== undefined && authKey === undefined && authPrivateKey === undefined
      ? 'Cannot use option "cluster": there is no authKey, wanted is one that all hosts have, or a key pair, as they would refuse each other\'s tokens'
      : undefined,
  ),
  rule(['balancerController', 'balancers'], ({ balancerController, balancers }) =>
    balancerController !== undefined && balancers === 0
      ? 'Cannot use option "balancerController": balancers are 0, wanted is one at least'
      : undefined,
  ),
  rule(['protocol', 'protocolOptions'], ({ protocol, protocolOptions }) => {
    const problem = protocol === 'https' ? findTlsProblem(protocolOptions) : undefined;
    return problem === undefined ? undefined : `Cannot use option "protocolOptions": ${problem}`;
  }),
  rule(['wsEngineServerOptions'], ({ wsEngineServerOptions }) => {
    const taken = WHERE_TO_LISTEN.find((name) => Object.hasOwn(wsEngineServerOptions, name));
    return taken === undefined
      ? undefined
      : `Cannot use option "wsEngineServerOptions": it names "${taken}", but where clients connect is for the options port, host and path`;
  }),
  rule(['authPrivateKey', 'authPublicKey'], ({ authPrivateKey, authPublicKey }) =>
    (authPrivateKey === undefined) !== (authPublicKey === undefined)
      ? 'Cannot use a key pair by half: authPrivateKey and authPublicKey are given together or not at all'
      : undefined,
  ),
  rule(['authAlgorithm', 'authPrivateKey'], (options) => {
    const wanted = isSecret(options) ? 'RS, ES or PS with' : 'HS without';
    return isSecret(options) === (options.authPrivateKey === undefined)
      ? undefined
      : `Cannot use option "authAlgorithm": current value is "${options.authAlgorithm}", wanted is one of ${wanted} a key pair`;
  }),
  rule(['authAlgorithm', 'authPrivateKey', 'authPublicKey'], (options) =>
    isSecret(options) === (options.authPrivateKey === undefined) ? findKeyPairProblem(options) : undefined,
  ),
  rule(['authAlgorithm', 'authPrivateKey', 'authVerifyAlgorithms'], (options) => {
    const foreign = options.authVerifyAlgorithms?.find((name) => name.startsWith('HS') !== isSecret(options));
    return foreign === undefined
      ? undefined
      : `Cannot use option "authVerifyAlgorithms": it names "${foreign}", which does not go with the keys that sign`;
  }),
];

/** The problems among options that are right by themselves; `right` has no others. */
export function findContradictions(right: Partial<Options>): string[] {
  return rules
    .filter(({ needs }) => needs.every((name) => Object.hasOwn(right, name)))
    .flatMap(({ find }) => find(right as Options) ?? []);
}

/** Whether tokens are signed with a secret rather than a key pair. */
function isSecret({
  authAlgorithm,
  authPrivateKey,
}: Pick<Options, 'authAlgorithm' | 'authPrivateKey'>): boolean {
  return authAlgorithm?.startsWith('HS') ?? authPrivateKey === undefined;
}
