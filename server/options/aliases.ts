/** Older names of options, still understood. */

/** Options as a caller may still call them. */
export interface FormerOptions {
  stores?: number;
  storeController?: string;
  dataKey?: string;
  maxHttpBufferSize?: number;
  /** Seconds. */
  connectTimeout?: number;
  /** Seconds. */
  heartbeatInterval?: number;
  /** Seconds. */
  heartbeatTimeout?: number;
}

interface Alias {
  /** What the option is called now. */
  name: string;
  /** How many of today's units the old one is. Default: 1. */
  factor?: number;
}

const SECONDS = 1_000;

const aliases: ReadonlyMap<string, Alias> = new Map<keyof FormerOptions, Alias>([
  ['stores', { name: 'brokers' }],
  ['storeController', { name: 'brokerController' }],
  ['dataKey', { name: 'secretKey' }],
  ['maxHttpBufferSize', { name: 'maxPayload' }],
  // Version 0.9 counted these in seconds.
  ['connectTimeout', { name: 'handshakeTimeout', factor: SECONDS }],
  ['heartbeatInterval', { name: 'pingInterval', factor: SECONDS }],
  ['heartbeatTimeout', { name: 'pingTimeout', factor: SECONDS }],
]);

/**
 * Calls options by their present names, in their present units. One that is given by both names keeps the value
 * of the present one. `null` stands for an option that is not given, as in SocketCluster.
 */
export function useNewNames(raw: Record<string, unknown>): Record<string, unknown> {
  const given = Object.entries(raw).filter(([, value]) => value !== null);
  const renamed = given.flatMap(([name, value]): [string, unknown][] => {
    const alias = aliases.get(name);
    return alias === undefined ? [] : [[alias.name, scale(value, alias.factor)]];
  });
  return Object.fromEntries([...renamed, ...given.filter(([name]) => !aliases.has(name))]);
}

function scale(value: unknown, factor = 1): unknown {
  return typeof value === 'number' ? value * factor : value;
}
