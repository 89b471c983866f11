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
  /** Asks to leave HTTP for WebSocket. Offers of other protocols are no upgrades: workers answer them as requests. */
  isUpgrade: boolean;
}

const REQUEST_LINE = /^([A-Z][A-Z-]*) ([\x21-\x7e\x80-\xff]+) HTTP\/1\.([01])$/;
const FIELD = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):([\t\x20-\x7e\x80-\xff]*)$/;
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** Fields that say how long the connection lives, written anew by `writeHead`. */
const CONNECTION_FIELDS = new Set(['connection', 'keep-alive', 'proxy-connection', 'upgrade']);
/** Fields that no middleware changes: with them the worker would read something else from the connection. */
const FIXED_FIELDS = new Set([...CONNECTION_FIELDS, 'content-length', 'transfer-encoding', 'expect']);

/** Reads a head, its empty last line included; undefined when it is not one of HTTP/1, strictly written. */
export function parseHead(head: Buffer): RequestHead | undefined {
  const [first = '', ...lines] = head.toString('latin1').slice(0, -4).split('\r\n');
  const fields = lines.map(parseField);
  return fields.every((field) => field !== undefined) ? understand(first, fields) : undefined;
}

/** Makes a head of its first line and its fields. */
function understand(first: string, fields: RequestHead['fields']): RequestHead | undefined {
  const [, method, url, minor] = REQUEST_LINE.exec(first) ?? [];
  if (method === undefined || url === undefined) {
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
      method === 'GET' &&
      headers.upgrade?.toLowerCase() === 'websocket' &&
      tokensOf(headers.connection).has('upgrade'),
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

/**
 * A head with the changes that a middleware has made: its url, and fields that it added, replaced or deleted.
 * Undefined when they cannot be written so that the worker reads the same. How long the connection lives and
 * how its body is framed is not for a middleware to say, so changes of such fields do not count.
 */
export function changeHead(
  head: RequestHead,
  changed: { url?: string | undefined; headers: IncomingHttpHeaders },
): RequestHead | undefined {
  const { url = head.url } = changed;
  const headers = new Map(
    Object.entries(changed.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const names = new Set([...Object.keys(head.headers), ...headers.keys()]);
  const isChanged = (name: string): boolean =>
    !FIXED_FIELDS.has(name) && headers.get(name) !== head.headers[name];
  const different = [...names].filter(isChanged);
  if (url === head.url && different.length === 0) {
    return head;
  }
  const kept = head.fields.filter(([name]) => !different.includes(name.toLowerCase()));
  const added = different.flatMap((name) =>
    valuesOf(headers.get(name)).map((value): [string, string] => [name, value]),
  );
  const first = `${head.method} ${url} HTTP/1.${head.minorVersion}`;
  const isClean =
    REQUEST_LINE.test(first) && added.every(([name, value]) => NAME.test(name) && VALUE.test(value));
  return isClean ? understand(first, [...kept, ...added]) : undefined;
}

/** What a middleware of JavaScript has left may be anything. */
function valuesOf(value: string | readonly string[] | null | undefined): string[] {
  const values = Array.isArray(value) ? value : [value];
  return values.filter((each) => each !== undefined && each !== null).map((each) => `${each}`);
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
