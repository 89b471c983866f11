import { expect, test } from 'vitest';
import { formatUrl } from './address.ts';

const base = {
  hostname: 'host',
  port: 8000,
  path: '/socketcluster/',
  secure: false,
  timestampRequests: false,
  timestampParam: 't',
};

test('formatUrl() leaves out the port only where it is the usual one of the scheme', () => {
  expect(formatUrl(base, 0)).toBe('ws://host:8000/socketcluster/');
  expect(formatUrl({ ...base, port: 80 }, 0)).toBe('ws://host/socketcluster/');
  expect(formatUrl({ ...base, port: 443, secure: true }, 0)).toBe('wss://host/socketcluster/');
  expect(formatUrl({ ...base, port: 80, secure: true }, 0)).toBe('wss://host:80/socketcluster/');
  expect(formatUrl({ ...base, protocolScheme: 'ws+unix' }, 0)).toBe('ws+unix://host:8000/socketcluster/');
});

test('formatUrl() gives a path one slash at either end', () => {
  for (const path of ['chat', '/chat', 'chat/', '/chat/']) {
    expect(formatUrl({ ...base, path }, 0)).toBe('ws://host:8000/chat/');
  }
  expect(formatUrl({ ...base, path: '/' }, 0)).toBe('ws://host:8000/');
});

test('formatUrl() takes a query as text or object, lists repeat their name', () => {
  const query = { a: 'x y', list: [1, 2] };
  expect(formatUrl({ ...base, query }, 0)).toBe('ws://host:8000/socketcluster/?a=x+y&list=1&list=2');
  expect(formatUrl({ ...base, query: '?a=1&b=2' }, 0)).toBe('ws://host:8000/socketcluster/?a=1&b=2');
});

test('formatUrl() adds the time when asked to', () => {
  const options = { ...base, query: { a: 1 }, timestampRequests: true };
  expect(formatUrl(options, 1234)).toBe('ws://host:8000/socketcluster/?a=1&t=1234');
});
