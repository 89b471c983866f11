/** Connects to NATS. The only file of the server that knows its client. */
import { readFile } from 'node:fs/promises';
import {
  type Authenticator,
  connect,
  credsAuthenticator,
  type NatsConnection,
  type NodeConnectionOptions,
  nkeyAuthenticator,
} from '@nats-io/transport-node';
import { ClusterError } from '../../../errors/index.ts';
import type { ClusterOption } from '../../../options/index.ts';
import type { Connection } from './connection.ts';

/** Time that all servers together have to answer, and that each of them has at most, milliseconds. */
const ALL_WITHIN_MS = 12_000;
const EACH_WITHIN_MS = 4_000;

/** The line looks after the connection itself: the client's own pings could wait for ever for a cut link. */
const NEVER_MS = 2_147_483_647;

/**
 * Connects to one of the servers, tried in random order so that hosts spread over them.
 *
 * @param name By which NATS lists the connection.
 * @param onRefusal Told of what NATS does not permit later on.
 * @throws ClusterError CLUSTER_UNREACHABLE with what each server, or the file of credentials, had against it.
 */
export async function dial(
  cluster: ClusterOption,
  name: string,
  onRefusal: (problem: Error) => void,
): Promise<Connection> {
  const servers = [cluster.servers].flat().toSorted(() => Math.random() - 0.5);
  const timeout = Math.min(EACH_WITHIN_MS, ALL_WITHIN_MS / servers.length);
  const reasons: string[] = [];
  for (const server of servers) {
    try {
      const options = { ...(await optionsFor(cluster, server)), name, timeout };
      return adopt(await connect(options), onRefusal);
    } catch (error) {
      reasons.push(`${server}: ${reasonOf(error, timeout)}`);
    }
  }
  throw new ClusterError(`Cannot join cluster "${cluster.name}" through NATS at ${reasons.join('; ')}`, {
    code: 'CLUSTER_UNREACHABLE',
  });
}

async function optionsFor(cluster: ClusterOption, server: string): Promise<NodeConnectionOptions> {
  const { credentials = {}, tls } = cluster;
  const { user, password, token, nkey, file } = credentials;
  const authenticator = await authenticatorOf(nkey, file);
  return {
    servers: [server],
    // What was published on a connection that is gone would come too late, so a new one is a new beginning.
    reconnect: false,
    noEcho: true,
    noAsyncTraces: true,
    ignoreClusterUpdates: true,
    pingInterval: NEVER_MS,
    ...(user === undefined ? {} : { user, pass: password ?? '' }),
    ...(token === undefined ? {} : { token }),
    ...(authenticator === undefined ? {} : { authenticator }),
    ...(tls === undefined && !server.startsWith('tls://') ? {} : { tls: tlsOptions(tls, server) }),
  };
}

async function authenticatorOf(
  nkey: string | undefined,
  file: string | undefined,
): Promise<Authenticator | undefined> {
  if (nkey !== undefined) {
    return nkeyAuthenticator(new TextEncoder().encode(nkey));
  }
  return file === undefined ? undefined : credsAuthenticator(await readFile(file));
}

/** Without `host` a certificate would be held against "localhost" where a server is named by its address. */
function tlsOptions(tls: ClusterOption['tls'], server: string): NonNullable<NodeConnectionOptions['tls']> {
  const given = Object.entries(tls ?? {}).filter(([, value]) => value !== undefined);
  const host = server
    .replace(/^\w+:\/\//, '')
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1');
  return { host, ...Object.fromEntries(given) } as NonNullable<NodeConnectionOptions['tls']>;
}

/** The client's connection in the words of this folder. */
function adopt(connection: NatsConnection, onRefusal: (problem: Error) => void): Connection {
  void listen(connection, onRefusal);
  return {
    server: connection.getServer(),
    maxPayload: connection.info?.max_payload ?? 0,
    ended: connection.closed().then((error) => error ?? new Error('NATS ended the connection')),
    publish: (subject, bytes) => connection.publish(subject, bytes),
    subscribe(subject, take) {
      const subscription = connection.subscribe(subject, {
        callback: (error, { data }) => {
          if (error === null) {
            take(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
          }
        },
      });
      return () => subscription.unsubscribe();
    },
    confirm: () => connection.flush(),
    close: () => connection.close(),
  };
}

/** Hears what NATS has against single subjects; it ends with the connection. */
async function listen(connection: NatsConnection, onRefusal: (problem: Error) => void): Promise<void> {
  for await (const status of connection.status()) {
    if (status.type === 'error') {
      onRefusal(status.error);
    }
  }
}

/** Why a server did not take the connection, as the end of a sentence. */
function reasonOf(error: unknown, timeout: number): string {
  const { code = '', message, name } = error as NodeJS.ErrnoException;
  if (name === 'AuthorizationError' || name === 'UserAuthenticationExpiredError') {
    return `it refuses the credentials (${message})`;
  }
  if (name === 'TimeoutError') {
    return `no answer within ${Math.round(timeout)} ms`;
  }
  if (message === 'connection refused') {
    return 'nobody listens there';
  }
  if (code.includes('CERT') || code.includes('TLS') || code.includes('SSL') || code.includes('SIGNATURE')) {
    return `TLS fails (${message})`;
  }
  return message;
}
