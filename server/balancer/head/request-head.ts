/**
 * The head of a request as the balancer understands it. It must never read a head otherwise than the worker
 * that gets it next, or a request could slip past the middleware. So what is unusual is refused, and where
 * middleware has a say the head is written anew from what was understood.
 */
import type { IncomingHttpHeaders } from 'node:http';

/** A request's head. */
export interface RequestHead {
  method: string;
  url: string;
  /** Minor version of HTTP/1. */
  minorVersion: 0 | 1;
  /** Names as they came, in order. */
  fields: readonly (readonly [name: string, value: string])[];
  /** Names in lower case; values of one name joined. */
  headers: IncomingHttpHeaders;
  /** Asks to leave HTTP for another protocol, such as WebSocket. */
  isUpgrade: boolean;
}

const REQUEST_LINE = /^([A-Z][A-Z-]*) ([\x21-\x7e\x80-\xff]+) HTTP\/1\.([01])$/;
const FIELD = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):([\t\x20-\x7e\x80-\xff]*)$/;
/** Fields that say how long the connection lives, written anew by `writeHead`. */
const CONNECTION_FIELDS = new Set(['connection', 'keep-alive', 'proxy-connection', 'upgrade']);

/** Reads a head, its empty last line included; undefined when it is not one of HTTP/1, strictly written. */
export function parseHead(head: Buffer): RequestHead | undefined {
  const [first = '', ...lines] = head.toString('latin1').slice(0, -4).split('\r\n');
  const [, method, url, minor] = REQUEST_LINE.exec(first) ?? [];
  const fields = lines.map(parseField);
  if (method === undefined || url === undefined || !fields.every((field) => field !== undefined)) {
    return undefined;
  }
  const headers = joined(fields);
  return {
    method,
    url,
    minorVersion: minor === '0' ? 0 : 1,
    fields,
    headers,
    isUpgrade:
      method === 'GET' && headers.upgrade !== undefined && tokensOf(headers.connection).has('upgrade'),
  };
}

/**
 * Writes a head anew so that the worker hears this one request of the connection and no other: an upgrade
 * ends HTTP on it, and after any other request the connection is closed.
 *
 * @param extra Fields to add; those the client sent of the same name are left out.
 */
export function writeHead(head: RequestHead, extra: Readonly<Record<string, string>>): Buffer {
  const replaced = new Set(Object.keys(extra).map((name) => name.toLowerCase()));
  const kept = head.fields.filter(([name]) => {
    const known = name.toLowerCase();
    return !CONNECTION_FIELDS.has(known) && !replaced.has(known);
  });
  const ends: [string, string][] = head.isUpgrade
    ? [
        ['Connection', 'Upgrade'],
        ['Upgrade', head.headers.upgrade ?? ''],
      ]
    : [['Connection', 'close']];
  const lines = [...kept, ...Object.entries(extra), ...ends].map(([name, value]) => `${name}: ${value}`);
  const text = [`${head.method} ${head.url} HTTP/1.${head.minorVersion}`, ...lines, '', ''].join('\r\n');
  return Buffer.from(text, 'latin1');
}

function parseField(line: string): [name: string, value: string] | undefined {
  const [, name, value] = FIELD.exec(line) ?? [];
  return name === undefined || value === undefined ? undefined : [name, trimBlanks(value)];
}

/** By hand: a pattern takes quadratic time on long blanks, and `trim` takes away more than HTTP does. */
function trimBlanks(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && isBlank(value[start])) {
    start += 1;
  }
  while (end > start && isBlank(value[end - 1])) {
    end -= 1;
  }
  return value.slice(start, end);
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

function joined(fields: readonly (readonly [string, string])[]): IncomingHttpHeaders {
  const headers = Object.create(null) as Record<string, string>;
  for (const [name, value] of fields) {
    const known = name.toLowerCase();
    const before = headers[known];
    headers[known] = before === undefined ? value : `${before}${known === 'cookie' ? '; ' : ', '}${value}`;
  }
  return headers;
}

function tokensOf(value: string | undefined): Set<string> {
  return new Set((value ?? '').toLowerCase().split(',').map(trimBlanks));
}
