/**
 * What a socket remembers of the request it began with. There are very many sockets and few are asked, so it is
 * one short text until somebody asks; the request itself would cost ten times as much.
 */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** The request a socket began with, as far as it is kept. */
export interface SocketRequest {
  readonly method: 'GET';
  readonly url: string;
  /** Without those that only make a WebSocket of the connection. */
  readonly headers: IncomingHttpHeaders;
  /** The query of the URL; the last one of a name wins. */
  readonly query: Readonly<Record<string, string>>;
  /** What the application's handshake middleware has put on the request. */
  [added: string]: unknown;
}

/** A request as a socket keeps it: packed until it is asked for, or when middleware has added to it. */
export type Origin = string | SocketRequest;

/** Headers that are the same for everyone, or for nobody to know. */
const DROPPED = new Set([
  'cache-control',
  'connection',
  'pragma',
  'sec-websocket-extensions',
  'sec-websocket-key',
  'sec-websocket-version',
  'upgrade',
]);

/**
 * Packs a request.
 *
 * @param known Names of the properties it had before the application saw it; undefined when it did not.
 */
export function describeRequest(request: IncomingMessage, known?: ReadonlySet<string>): Origin {
  const packed = JSON.stringify([request.url, request.headers], (name, value: unknown) =>
    DROPPED.has(name) ? undefined : value,
  );
  const added = known === undefined ? [] : Object.entries(request).filter(([name]) => !known.has(name));
  return added.length === 0 ? packed : { ...readOrigin(packed), ...Object.fromEntries(added) };
}

/** Unpacks a request. */
export function readOrigin(origin: Origin): SocketRequest {
  if (typeof origin !== 'string') {
    return origin;
  }
  const [url, headers] = JSON.parse(origin) as [string, IncomingHttpHeaders];
  const start = url.indexOf('?');
  const query = Object.fromEntries(new URLSearchParams(start === -1 ? '' : url.slice(start + 1)));
  return { method: 'GET', url, headers, query };
}
