import { once } from 'node:events';
import { type AddressInfo, connect as dial, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createEngine, type Wire } from '../../engine/index.ts';
import { AddressLimit } from '../address/index.ts';
import type { EntryOptions } from './entry.ts';
import { createHttpServer, type Entrance, openEntry } from './listen.ts';

interface Listening {
  port: number;
  server: ReturnType<typeof createHttpServer>;
  entrances: Entrance[];
  admitted: { wire: Wire; remoteAddress: string; visitor: unknown }[];
}

async function listen(...given: Partial<EntryOptions>[]): Promise<Listening> {
  const engine = createEngine(
    'ws',
    { maxPayload: 1_024, perMessageDeflate: false, headers: [] },
    { message: () => undefined, closed: () => undefined },
  );
  const admitted: Listening['admitted'] = [];
  const server = createHttpServer();
  const admit: EntryOptions['admit'] = (wire, remoteAddress, visitor) =>
    admitted.push({ wire, remoteAddress, visitor });
  const entrances = (given.length === 0 ? [{}] : given).map((options) =>
    openEntry(server, { path: '/socketcluster/', origins: '*:*', engine, admit, ...options }),
  );
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) {
      socket.destroy();
    }
    await closed;
  });
  return { port: (server.address() as AddressInfo).port, server, entrances, admitted };
}

/** The answer to an upgrade request, and whether the server let go of a peer that keeps its own side open. */
async function refusalOf(port: number, path: string, origin = ''): Promise<string> {
  const socket = dial({ port, host: '127.0.0.1', allowHalfOpen: true });
  const head = `GET ${path} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n`;
  const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n';
  socket.write(`${head}${key}${origin === '' ? '' : `Origin: ${origin}\r\n`}\r\n`);
  let answer = '';
  socket.on('data', (data) => {
    answer += String(data);
  });
  await once(socket, 'end');
  return answer;
}

test('openEntry() admits WebSockets at its path, with or without the last slash and a query', async () => {
  const { port, admitted } = await listen();
  for (const path of ['/socketcluster/', '/socketcluster', '/socketcluster/?a=/b', '/socketcluster?a']) {
    const client = new WebSocket(`ws://127.0.0.1:${port}${path}`);
    await once(client, 'open');
    expect(admitted.splice(0)).toMatchObject([{ wire: { isOpen: true }, remoteAddress: '127.0.0.1' }]);
  }
});

test('openEntry() answers other paths 400 and other origins 403, and says why', async () => {
  const { port, admitted } = await listen({ origins: 'good.example:443' });
  const lost = await refusalOf(port, '/elsewhere');
  expect(lost).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(lost).toContain('wanted is /socketcluster/');
  expect(await refusalOf(port, '/socketcluster/', 'https://bad.example')).toMatch(
    /^HTTP\/1\.1 403 Forbidden\r\n/,
  );
  expect(await refusalOf(port, '/socketcluster/')).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
  expect(admitted).toEqual([]);
});

test('openEntry() lets go of a refused peer that keeps its side open', async () => {
  const { port, server } = await listen();
  const ended = new Promise((resolve) => {
    server.once('connection', (socket: Socket) => socket.once('close', resolve));
  });
  const answer = await refusalOf(port, '/elsewhere');
  expect(answer).toMatch(/ 400 /);
  await ended;
});

test('openEntry() answers requests nobody listens to 404 and leaves the others to the application', async () => {
  const { port, server } = await listen();
  const get = async (): Promise<[number, string]> => {
    const response = await fetch(`http://127.0.0.1:${port}/socketcluster/`);
    return [response.status, await response.text()];
  };
  expect(await get()).toEqual([404, 'Not found\n']);
  server.on('request', (_request, response) => response.end('application'));
  expect(await get()).toEqual([200, 'application']);
});

test('openEntry() lets an upgrade wait for the application, and answers 401 with its reason', async () => {
  const { port, admitted } = await listen({
    authorize: (request, decided) =>
      setImmediate(decided, request.url?.includes('bad') === true ? 'not you' : undefined),
  });
  const good = new WebSocket(`ws://127.0.0.1:${port}/socketcluster/?good`);
  await once(good, 'open');
  expect(admitted).toHaveLength(1);
  const bad = new WebSocket(`ws://127.0.0.1:${port}/socketcluster/?bad`);
  const [, response] = (await once(bad, 'unexpected-response')) as [
    unknown,
    AsyncIterable<Buffer> & { statusCode: number },
  ];
  let body = '';
  for await (const chunk of response) {
    body += chunk.toString();
  }
  expect([response.statusCode, body]).toEqual([401, 'not you\n']);
  expect(admitted).toHaveLength(1);
});

test('openEntry() emits prepared requests as req, except those at its own path', async () => {
  const prepared: string[] = [];
  const { port, server } = await listen({
    visitors: {
      upgrade: () => ({ id: 'id', isReturning: false, headers: [] }),
      receive: (request, _response, remoteAddress) => prepared.push(`${request.url} ${remoteAddress}`),
    },
  });
  const get = async (path: string): Promise<string> =>
    (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  const heard: string[] = [];
  server.on('req', (request, response) => {
    heard.push(`req ${request.url}`);
    response.end('req');
  });
  expect([await get('/page?a'), await get('/socketcluster/')]).toEqual(['req', 'Not found\n']);
  server.on('request', (request, response) => {
    heard.push(`request ${request.url}`);
    if (!response.writableEnded) response.end('request');
  });
  expect([await get('/page'), await get('/socketcluster')]).toEqual(['req', 'request']);
  expect(heard).toEqual(['req /page?a', 'req /page', 'request /page', 'request /socketcluster']);
  expect(prepared).toEqual(['/page?a 127.0.0.1', '/page 127.0.0.1']);
});

test('openEntry() tells who a new client is and gives it the headers that were made for it', async () => {
  const visitor = { id: 'id', isReturning: false, headers: ['X-Visitor: id'] };
  const { port, admitted } = await listen({
    visitors: { upgrade: () => visitor, receive: () => undefined },
  });
  const client = new WebSocket(`ws://127.0.0.1:${port}/socketcluster/`);
  const [response] = (await once(client, 'upgrade')) as [{ headers: object }];
  expect(response.headers).toMatchObject({ 'x-visitor': 'id' });
  expect(admitted).toMatchObject([{ visitor }]);
});

/** Connects and tells the status of the answer: 101 when the connection is a WebSocket. */
async function statusOf(port: number, path: string): Promise<number> {
  const client = new WebSocket(`ws://127.0.0.1:${port}${path}`);
  return new Promise((resolve) => {
    client.once('upgrade', ({ statusCode = 0 }) => resolve(statusCode));
    client.once('unexpected-response', (_request, { statusCode = 0 }) => resolve(statusCode));
  });
}

test('openEntry() keeps entries of several paths apart and refuses a path that is taken', async () => {
  const one: Wire[] = [];
  const { port, server, admitted } = await listen(
    { path: '/one', admit: (wire) => one.push(wire) },
    { path: '/two/' },
  );
  expect([await statusOf(port, '/one/'), await statusOf(port, '/two')]).toEqual([101, 101]);
  expect([one.length, admitted.length]).toEqual([1, 1]);
  expect(await refusalOf(port, '/three')).toContain('wanted is /one or /two/');
  const { engine, admit } = { engine: { accept: () => undefined }, admit: () => undefined };
  expect(() => openEntry(server, { path: '/one/', origins: '*:*', engine, admit })).toThrow(
    'Cannot open an entry at path "/one/": another realtime server has it, wanted is a free one',
  );
});

test('openEntry() leaves upgrades at other paths to whoever else listens', async () => {
  const { port, server } = await listen();
  server.on('upgrade', (request, socket) => {
    if (request.url === '/other') socket.end('HTTP/1.1 418 Teapot\r\n\r\n');
  });
  expect(await refusalOf(port, '/other')).toMatch(/^HTTP\/1.1 418 /);
  expect(await statusOf(port, '/socketcluster/')).toBe(101);
});

test('openEntry() takes its listeners away with the last entry', async () => {
  const { port, server, entrances } = await listen({ path: '/one' }, { path: '/two' });
  entrances[0]?.end();
  expect(await refusalOf(port, '/one')).toContain('wanted is /two');
  entrances[1]?.end();
  expect([server.listenerCount('upgrade'), server.listenerCount('request')]).toEqual([0, 0]);
  openEntry(server, {
    path: '/one',
    origins: '*:*',
    engine: { accept: () => undefined },
    admit: () => undefined,
  }).end();
});

test('openEntry() answers 503 at an entrance that is closed, and says when to try again', async () => {
  const { port, entrances, admitted } = await listen({ path: '/one' }, { path: '/two' });
  entrances[0]?.close();
  const answer = await refusalOf(port, '/one');
  expect(answer).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\nRetry-After: 10\r\n/);
  expect(answer).toContain('This server takes no more clients');
  expect(await statusOf(port, '/two')).toBe(101);
  expect(admitted).toHaveLength(1);
});

test('openEntry() answers 429 to an address that has as many sockets as it may', async () => {
  const { port } = await listen({ addresses: new AddressLimit(1) });
  const first = new WebSocket(`ws://127.0.0.1:${port}/socketcluster/`);
  await once(first, 'open');
  expect(await refusalOf(port, '/socketcluster/')).toMatch(/^HTTP\/1\.1 429 Too Many Requests/);
  first.terminate();
  await vi.waitFor(async () => expect(await statusOf(port, '/socketcluster/')).toBe(101));
});

test('openEntry() tells of each request before anybody hears of it', async () => {
  const seen = vi.fn();
  const { port, server } = await listen({ seen });
  server.on('request', (request, response) => {
    expect(seen).toHaveBeenCalledExactlyOnceWith(request);
    response.end();
  });
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
});

test('openEntry() leaves an offer to upgrade to something else aside, and the page is answered', async () => {
  const { port, server } = await listen();
  server.on('req', (request, response) => response.end(`page ${request.url}`));
  for (const upgrade of ['h2c', 'TLS/1.0', 'websocket, h2c']) {
    const socket = dial({ port, host: '127.0.0.1' });
    socket.write(`GET /a HTTP/1.1\r\nHost: x\r\nUpgrade: ${upgrade}\r\nConnection: Upgrade\r\n\r\n`);
    let answer = '';
    socket.on('data', (data) => {
      answer += String(data);
    });
    await once(socket, 'end');
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*Connection: close\r\n[\s\S]*page \/a$/);
  }
  const posted = dial({ port, host: '127.0.0.1' });
  posted.write(
    'POST / HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade\r\nContent-Length: 1\r\n\r\nx',
  );
  expect(String((await once(posted, 'data'))[0])).toMatch(/^HTTP\/1\.1 400 /);
});
