import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeHead, parseHead, type RequestHead, writeHead } from './request-head.ts';

const headOf = (...lines: string[]): RequestHead | undefined =>
  parseHead(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'));

const UPGRADE = ['GET /socketcluster/ HTTP/1.1', 'Host: x', 'Upgrade: websocket', 'Connection: Upgrade'];

test('parseHead() reads method, url and fields, names without regard to case', () => {
  expect(
    headOf('POST /a?b HTTP/1.0', 'Host:x', 'COOKIE: \t a=1 \t', 'cookie: b=2', 'X-Y: 1', 'x-y: 2'),
  ).toMatchObject({
    method: 'POST',
    url: '/a?b',
    minorVersion: 0,
    headers: { host: 'x', cookie: 'a=1; b=2', 'x-y': '1, 2' },
    isUpgrade: false,
  });
});

test('parseHead() knows an upgrade by method, Upgrade and Connection together', () => {
  const [line = '', ...fields] = UPGRADE;
  expect(headOf(line, ...fields)?.isUpgrade).toBe(true);
  expect(headOf(line, 'Upgrade: WebSocket', 'Connection: keep-alive, UPGRADE')?.isUpgrade).toBe(true);
  expect(headOf(line, 'Upgrade: websocket', 'Connection: keep-alive')?.isUpgrade).toBe(false);
  expect(headOf(line, 'Connection: Upgrade')?.isUpgrade).toBe(false);
  // A worker answers these as requests, so what guards requests must see them.
  for (const other of ['h2c', 'websocket, h2c']) {
    expect(headOf(line, `Upgrade: ${other}`, 'Connection: Upgrade')?.isUpgrade).toBe(false);
  }
  expect(headOf('POST / HTTP/1.1', ...fields)?.isUpgrade).toBe(false);
});

test('parseHead() refuses what a worker might read otherwise', () => {
  for (const lines of [
    ['GET / HTTP/1.1', 'Host: x', ' folded'],
    ['GET / HTTP/1.1', 'Host : x'],
    ['GET / HTTP/1.1', 'no colon'],
    ['GET / HTTP/1.1', ': no name'],
    ['GET / HTTP/1.1', 'X: a\nUpgrade: websocket'],
    ['GET / HTTP/1.1', 'X: a\rY: b'],
    ['GET / HTTP/1.1', 'X: a\0'],
    ['GET  / HTTP/1.1'],
    ['GET / HTTP/2.0'],
    ['GET / HTTP/1.1 '],
    ['get / HTTP/1.1'],
    ['GET /'],
    [''],
    ['', 'GET / HTTP/1.1'],
  ]) {
    expect(headOf(...lines), JSON.stringify(lines)).toBeUndefined();
  }
});

test('parseHead() never throws and takes no harm from names of object members', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      parseHead(Buffer.from(bytes));
    }),
  );
  const headers = headOf('GET / HTTP/1.1', '__proto__: a', 'constructor: b')?.headers;
  expect(Object.entries(headers ?? {})).toEqual([
    ['__proto__', 'a'],
    ['constructor', 'b'],
  ]);
});

test('writeHead() keeps other fields as they came and replaces those that are given', () => {
  const head = headOf(
    'GET /x HTTP/1.1',
    'Host: y',
    'x-forwarded-for: liar',
    'Keep-Alive: 5',
    'A: \xe9',
  ) as RequestHead;
  expect(writeHead(head, { 'X-Forwarded-For': '10.0.0.1' }).toString('latin1')).toBe(
    'GET /x HTTP/1.1\r\nHost: y\r\nA: \xe9\r\nX-Forwarded-For: 10.0.0.1\r\nConnection: close\r\n\r\n',
  );
});

test('writeHead() gives a head that is read as the same kind of request again', () => {
  const field = fc.constantFrom(
    ...UPGRADE.slice(1),
    'Connection: close',
    'Connection: keep-alive, Upgrade',
    'Upgrade: h2c',
    'X: y',
  );
  const line = fc.constantFrom('GET / HTTP/1.1', 'POST / HTTP/1.1', 'GET / HTTP/1.0', 'CONNECT a:1 HTTP/1.1');
  fc.assert(
    fc.property(line, fc.array(field, { maxLength: 5 }), (first, fields) => {
      const head = headOf(first, ...fields) as RequestHead;
      expect(parseHead(writeHead(head, {}))?.isUpgrade).toBe(head.isUpgrade);
    }),
  );
});

test("writeHead() lets Node's HTTP server hear one request of a connection, whatever follows it", async () => {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(`request ${request.url}`);
    response.end();
  });
  server.on('upgrade', (request, socket) => {
    heard.push(`upgrade ${request.url}`);
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const next =
    'GET /next HTTP/1.1\r\nHost: x\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\nUpgrade: a\r\nConnection: Upgrade\r\n\r\n';
  for (const [kind, lines] of [
    ['request', ['GET /plain HTTP/1.1', 'Host: x', 'Connection: keep-alive']],
    ['request', ['GET /plain HTTP/1.0', 'Connection: keep-alive']],
    [
      'request',
      ['POST /plain HTTP/1.1', 'Host: x', 'Content-Length: 0', 'Upgrade: a', 'Connection: Upgrade'],
    ],
    ['request', ['GET /plain HTTP/1.1', 'Host: x', 'Upgrade: websocket']],
    ['upgrade', ['GET /plain HTTP/1.1', 'Host: x', 'Upgrade: websocket', 'Connection: close, upgrade']],
  ] as const) {
    heard.length = 0;
    const client = connect(port, '127.0.0.1');
    client.on('error', () => undefined); // What follows is refused with a reset.
    client.write(Buffer.concat([writeHead(headOf(...lines) as RequestHead, {}), Buffer.from(next)]));
    client.resume();
    await once(client, 'close');
    expect(heard, lines.join()).toEqual([`${kind} /plain`]);
  }
  server.close();
});

test('changeHead() writes what a middleware has changed, and nothing that frames connection or body', () => {
  const head = parseHead(
    Buffer.from('POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nX-Key: secret\r\n\r\n'),
  ) as RequestHead;
  expect(changeHead(head, { headers: { ...head.headers } })).toBe(head);
  expect(
    changeHead(head, { headers: { ...head.headers, 'x-key': null as never } })?.headers,
  ).not.toHaveProperty('x-key');
  expect(changeHead(head, { headers: { ...head.headers, 'x-key': 7 as never } })?.headers['x-key']).toBe('7');
  const { 'x-key': _, ...kept } = head.headers;
  const headers = { ...kept, 'X-User': 'bob', host: 'y', cookie: ['a=1', 'b=2'] as never };
  const changed = changeHead(head, {
    url: '/b?c=d',
    headers: { ...headers, 'content-length': '999', 'transfer-encoding': 'chunked', connection: 'close' },
  });
  expect(changed).toMatchObject({
    method: 'POST',
    url: '/b?c=d',
    headers: { 'content-length': '3', host: 'y' },
  });
  expect(changed?.fields.map(([name, value]) => `${name}: ${value}`).toSorted()).toEqual(
    ['Content-Length: 3', 'cookie: a=1', 'cookie: b=2', 'host: y', 'x-user: bob'].toSorted(),
  );
});

test('changeHead() gives nothing for what would be another request for the worker', () => {
  const head = parseHead(Buffer.from('GET /a HTTP/1.1\r\nHost: x\r\n\r\n')) as RequestHead;
  for (const url of ['/a b', '/a\r\nX: y', '', '/ü€']) {
    expect(changeHead(head, { url, headers: head.headers })).toBeUndefined();
  }
  for (const [name, value] of [
    ['x', 'a\r\nB: c'],
    ['x\r\nB', 'c'],
    ['x', 'a\n'],
    ['', 'a'],
    ['content-length: 5, x', 'a'],
    ['x', '€'],
  ] as const) {
    expect(changeHead(head, { headers: { ...head.headers, [name]: value } })).toBeUndefined();
  }
});
