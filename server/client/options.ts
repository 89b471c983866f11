/** The options of a client: what they are, what they default to, and what is wrong with those given. */
import { ClusterError } from '../errors/index.ts';
import type { CodecEngine } from '../protocol/index.ts';
import { type AuthEngine, createTokenStore } from './auth/index.ts';
import {
  type Check,
  describe,
  findProblems,
  flag,
  hasFunctions,
  isObject,
  isWithin,
  milliseconds,
  text,
} from './checks/index.ts';
import { jsonCodec, type ReconnectOptions, type SocketConstructor } from './connection/index.ts';

/** Options of `create`. Times are milliseconds. In a browser, address options default to those of the page. */
export interface ClientOptions {
  /** Default: localhost. */
  hostname?: string;
  /** Default: 443 when secure, else 80. */
  port?: number;
  /** Default: `/socketcluster/`. */
  path?: string;
  /** TLS. Default: false. */
  secure?: boolean;
  /** Scheme of the URL in place of `ws` and `wss`. */
  protocolScheme?: string;
  /** Query of the URL; lists repeat their name. */
  query?: string | Readonly<Record<string, unknown>>;
  /** Adds the time to the query. Default: false. */
  timestampRequests?: boolean;
  /** Name of that parameter. Default: t. */
  timestampParam?: string;
  /** WebSocket to use. Default: in Node that of the package `ws`, elsewhere the platform's. */
  webSocket?: SocketConstructor;
  /** Third argument of that constructor, such as headers in Node; browsers take none. */
  wsOptions?: object;
  /** What binary messages arrive as. Default: arraybuffer. */
  binaryType?: string;
  /** Must be the server's. Default: JSON. */
  codecEngine?: CodecEngine;
  /** Connects on creation. Default: true. */
  autoConnect?: boolean;
  /** Comes back after the connection was lost. Default: true. */
  autoReconnect?: boolean;
  /** When to come back. */
  autoReconnectOptions?: Partial<ReconnectOptions>;
  /** Subscribes to what waits on each connect. Default: true. */
  autoSubscribeOnConnect?: boolean;
  /** Time to connect, the handshake included. Default: 20,000. */
  connectTimeout?: number;
  /** Time for the answer to a call. Default: 10,000. */
  ackTimeout?: number;
  /** Stays even when the server's pings do not come. Default: false. */
  pingTimeoutDisabled?: boolean;
  /** Where the token is kept. Default: localStorage, or memory where there is none. */
  authEngine?: AuthEngine;
  /** Name it is kept by. Default: `socketCluster.authToken`. */
  authTokenName?: string;
  /** What every channel's name begins with on the wire. Default: nothing. */
  channelPrefix?: string;
  /** Clients of equal options share one connection. Default: true. */
  multiplex?: boolean;
  /** Sends the first packets of each connection in one message. Default: false. */
  batchOnHandshake?: boolean;
  /** How long that message waits. Default: 100. */
  batchOnHandshakeDuration?: number;
  /** Pause between the messages of `startBatching`. Default: 50. */
  batchInterval?: number;
}

type Fallbacks = typeof fallbacks;

/** Options with nothing left open but what may stay open. */
export type ResolvedOptions = Omit<ClientOptions, keyof Fallbacks | 'autoReconnectOptions' | 'authEngine'> &
  Required<Pick<ClientOptions, keyof Fallbacks>> & {
    port: number;
    authEngine: AuthEngine;
    autoReconnectOptions: ReconnectOptions;
  };

const fallbacks = {
  hostname: 'localhost',
  path: '/socketcluster/',
  secure: false,
  timestampRequests: false,
  timestampParam: 't',
  binaryType: 'arraybuffer',
  codecEngine: jsonCodec,
  autoConnect: true,
  autoReconnect: true,
  autoSubscribeOnConnect: true,
  connectTimeout: 20_000,
  ackTimeout: 10_000,
  pingTimeoutDisabled: false,
  authTokenName: 'socketCluster.authToken',
  channelPrefix: '',
  multiplex: true,
  batchOnHandshake: false,
  batchOnHandshakeDuration: 100,
  batchInterval: 50,
} satisfies ClientOptions;

const reconnectFallbacks: ReconnectOptions = {
  initialDelay: 10_000,
  randomness: 10_000,
  multiplier: 1.5,
  maxDelay: 60_000,
};

const checks: Record<keyof ClientOptions, Check> = {
  hostname: text,
  port: ['a port from 1 to 65535', (value) => Number.isInteger(value) && isWithin(value, 1, 65_535)],
  path: text,
  secure: flag,
  protocolScheme: text,
  query: ['text or an object', (value) => typeof value === 'string' || isObject(value)],
  timestampRequests: flag,
  timestampParam: text,
  webSocket: ['a constructor', (value) => typeof value === 'function'],
  wsOptions: ['an object', isObject],
  binaryType: text,
  codecEngine: ['an object with encode and decode', (value) => hasFunctions(value, ['encode', 'decode'])],
  autoConnect: flag,
  autoReconnect: flag,
  autoReconnectOptions: ['an object', isObject],
  autoSubscribeOnConnect: flag,
  connectTimeout: milliseconds,
  ackTimeout: milliseconds,
  pingTimeoutDisabled: flag,
  authEngine: [
    'an object with saveToken, removeToken and loadToken',
    (value) => hasFunctions(value, ['saveToken', 'removeToken', 'loadToken']),
  ],
  authTokenName: text,
  channelPrefix: text,
  multiplex: flag,
  batchOnHandshake: flag,
  batchOnHandshakeDuration: milliseconds,
  batchInterval: milliseconds,
};

const reconnectChecks: Record<keyof ReconnectOptions, Check> = {
  initialDelay: milliseconds,
  randomness: milliseconds,
  multiplier: ['a number from 1 to 100', (value) => isWithin(value, 1, 100)],
  maxDelay: milliseconds,
};

/** Options of published clients that this one has no use for, and what to do instead. */
const retired: Readonly<Record<string, string>> = {
  clientId: 'the server names its clients',
  cloneData: 'what is sent is encoded at once or when the connection opens, so clone it yourself',
  disconnectOnUnload: 'browsers close connections when the page goes',
  host: 'wanted are "hostname" and "port"',
  protocol: 'wanted is "secure"',
  protocolVersion: 'pings of both versions are answered',
  pubSubBatchDuration: 'wanted is "batchInterval" with startBatching()',
  rejectUnauthorized: 'wanted is inside "wsOptions"',
  socketPath: 'wanted is inside "wsOptions"',
  subscriptionRetryOptions: 'a channel that failed is subscribed to again when you say so',
};

/** The part of a browser's `location` that is needed. */
export interface PageLocation {
  protocol: string;
  hostname: string;
  port: string;
}

/**
 * Checks and completes options.
 *
 * @throws ClusterError OPTION_INVALID naming every option that is wrong, its value and what is wanted.
 */
export function resolveOptions(
  given: ClientOptions,
  page: PageLocation | undefined = (globalThis as { location?: PageLocation }).location,
): ResolvedOptions {
  checkIsObject(given);
  const options = withoutUndefined(given);
  const reconnect = withoutUndefined(options.autoReconnectOptions ?? {});
  const problems = [
    ...findProblems(options, { known: checks, retired }),
    ...findProblems(reconnect, { known: reconnectChecks, prefix: 'autoReconnectOptions.' }),
  ];
  if (problems.length > 0) {
    throw new ClusterError(problems.join('\n'), { code: 'OPTION_INVALID' });
  }
  const secure = options.secure ?? page?.protocol === 'https:';
  return {
    ...fallbacks,
    ...(page === undefined ? {} : { hostname: page.hostname }),
    ...options,
    secure,
    port: options.port ?? (Number(page?.port ?? '') || (secure ? 443 : 80)),
    authEngine: options.authEngine ?? createTokenStore(),
    autoReconnectOptions: { ...reconnectFallbacks, ...reconnect },
  };
}

function checkIsObject(options: unknown): void {
  if (!isObject(options)) {
    throw new ClusterError(
      `Cannot create a client with options ${describe(options)}: wanted is an object such as { port: 8000 }`,
      { code: 'OPTION_INVALID' },
    );
  }
}

function withoutUndefined<Options extends object>(options: Options): Options {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Options;
}
