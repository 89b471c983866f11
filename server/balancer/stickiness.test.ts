import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseHead, type RequestHead } from './head/index.ts';
import { addressHash, clientAddress, sessionWorker } from './stickiness.ts';

const headOf = (url: string, ...fields: string[]): RequestHead =>
  parseHead(Buffer.from([`GET ${url} HTTP/1.1`, ...fields, '', ''].join('\r\n'))) as RequestHead;

const ID = 'd0f1c2_2';

test('sessionWorker() reads the worker from the cookie of the application, and of no other', () => {
  expect(sessionWorker(headOf('/', `Cookie: a=1; n/chat/ssid=${ID}; b=2`), 'chat')).toBe(2);
  expect(sessionWorker(headOf('/', `Cookie: n/my%20chat/ssid=${ID}`), 'my chat')).toBe(2);
  expect(sessionWorker(headOf('/', `Cookie: n/other/ssid=${ID}`, 'X: y'), 'chat')).toBeUndefined();
});

test('sessionWorker() reads the worker from the query, ahead of the cookie', () => {
  expect(sessionWorker(headOf(`/?a=b&sid=${ID}`), 'chat')).toBe(2);
  expect(sessionWorker(headOf('/?ssid=x_7', `Cookie: n/chat/ssid=${ID}`), 'chat')).toBe(7);
});

test('sessionWorker() knows nothing of a client without a proper id', () => {
  for (const url of [
    '/',
    '/?sid=',
    '/?sid=abc',
    '/?sid=_',
    '/?sid=a_-1',
    '/?sid=a_1e3',
    '/?sid=a_99999',
    '/?x=a_1',
  ]) {
    expect(sessionWorker(headOf(url), 'chat'), url).toBeUndefined();
  }
});

test('sessionWorker() takes whatever a client sends for what it is: a number or nothing', () => {
  fc.assert(
    fc.property(fc.webQueryParameters(), fc.string(), (query, cookie) => {
      const head = { ...headOf(`/?sid=${query}`), headers: { cookie } };
      expect(['number', 'undefined']).toContain(typeof sessionWorker(head, 'chat'));
    }),
  );
});

test('addressHash() is the hash of SocketCluster 0.9, and never negative', () => {
  expect(addressHash('127.0.0.1')).toBe(1_505_998_205);
  expect(addressHash('')).toBe(0);
  fc.assert(fc.property(fc.ipV6(), (address) => addressHash(address) >= 0));
});

test('clientAddress() believes the proxy in front, else the connection', () => {
  expect(clientAddress(headOf('/'), '10.0.0.9')).toBe('10.0.0.9');
  expect(clientAddress(headOf('/', 'X-Forwarded-For: 1.2.3.4, 10.0.0.1'), '10.0.0.9')).toBe('1.2.3.4');
});
