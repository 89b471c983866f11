/** The HTTP side of a WebSocket connection: the request that asks for it and the answer that grants it. */
import { createHash } from 'node:crypto';

/** Response header in which our server names the worker that took the connection. */
const WORKER_HEADER = 'sc-worker';

/** Worker of a target that names none. */
const ANONYMOUS = '-';

/** Names that can be shown: what is not one of them may be meant for the terminal it would be printed on. */
const NAME = /^[\x20-\x7e]{1,64}$/;

/** What every answer begins with. Whoever greets first, as SSH does, may wait for ever after another beginning. */
const BEGINNING = Buffer.from('HTTP/1.');

/** More header than this is no answer to an upgrade, bytes. */
const MAX_HEADER_BYTES = 16 * 1024;

/** Key and answer are fixed, which is safe without caches between: one request text serves all users. */
const KEY = Buffer.from('socketcluster-16').toString('base64');
const ACCEPT = createHash('sha1').update(`${KEY}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

/** What the request is made of. */
export interface UpgradeRequest {
  host: string;
  port: number;
  path: string;
  /** Added to the path. */
  query?: Record<string, string>;
  /** Further fields. */
  headers?: Record<string, string>;
}

/** Encodes the request that turns a connection into a WebSocket. */
export function encodeUpgrade({ host, port, path, query = {}, headers = {} }: UpgradeRequest): Buffer {
  const name = host.includes(':') ? `[${host}]` : host;
  const search = String(new URLSearchParams(query));
  const joint = search === '' ? '' : path.includes('?') ? '&' : '?';
  const lines = [
    `GET ${path}${joint}${search} HTTP/1.1`,
    `Host: ${name}:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${KEY}`,
    ...Object.entries(headers).map(([field, value]) => `${field}: ${value}`),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}

/** What the server made of the request. */
export type UpgradeAnswer =
  | { type: 'granted'; worker: string; bytesRead: number }
  | { type: 'refused'; cause: string }
  | { type: 'unfinished' };

const unfinished: UpgradeAnswer = { type: 'unfinished' };

/**
 * Reads the answer at the beginning of `bytes`. `granted` says how many bytes the answer took: what
 * follows is WebSocket. `unfinished` wants to be called again with more bytes behind the same beginning.
 */
export function readUpgradeAnswer(bytes: Buffer): UpgradeAnswer {
  const beginning = bytes.subarray(0, BEGINNING.length);
  if (!beginning.equals(BEGINNING.subarray(0, beginning.length)))
    return { type: 'refused', cause: 'not-http' };
  const end = bytes.indexOf('\r\n\r\n', 0, 'latin1');
  if (end < 0) return bytes.length > MAX_HEADER_BYTES ? { type: 'refused', cause: 'not-http' } : unfinished;
  const [statusLine = '', ...fields] = bytes.toString('latin1', 0, end).split('\r\n');
  const status = /^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(statusLine)?.[1];
  if (status === undefined) return { type: 'refused', cause: 'not-http' };
  if (status !== '101') return { type: 'refused', cause: `http-${status}` };
  if (fieldOf(fields, 'sec-websocket-accept') !== ACCEPT) return { type: 'refused', cause: 'wrong-accept' };
  const worker = fieldOf(fields, WORKER_HEADER) ?? ANONYMOUS;
  return { type: 'granted', worker: NAME.test(worker) ? worker : ANONYMOUS, bytesRead: end + 4 };
}

function fieldOf(fields: readonly string[], name: string): string | undefined {
  for (const field of fields) {
    const colon = field.indexOf(':');
    if (colon === name.length && field.slice(0, colon).toLowerCase() === name)
      return field.slice(colon + 1).trim();
  }
  return undefined;
}
