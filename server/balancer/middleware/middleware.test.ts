import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { parseHead, type RequestHead } from '../head/index.ts';
import { Middleware, type RequestMiddleware, type UpgradeMiddleware, type Verdict } from './middleware.ts';

const DEADLINE_MS = 1_000;
const warn = vi.fn<(warning: Error) => void>();

afterEach(() => {
  warn.mockClear();
  vi.useRealTimers();
});

const headOf = (text: string): RequestHead => parseHead(Buffer.from(`${text}\r\n\r\n`)) as RequestHead;
const PLAIN = headOf('GET /page?a=b HTTP/1.1\r\nHost: x\r\nX-Key: secret');
const UPGRADE = headOf('GET /ws HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade');

function make(...functions: RequestMiddleware[]): Middleware {
  const middleware = new Middleware(DEADLINE_MS, warn);
  middleware.request.push(...functions);
  return middleware;
}

/** Both ends of a connection. */
async function makeConnection(): Promise<{ socket: Socket; client: Socket }> {
  const server = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1');
  const arrived = once(server, 'connection') as Promise<[Socket]>;
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.setEncoding('utf8');
  const [socket] = await arrived;
  onTestFinished(() => {
    client.destroy();
    socket.destroy();
    server.close();
  });
  return { socket, client };
}

async function ask(middleware: Middleware, head = PLAIN): Promise<Verdict> {
  const { socket } = await makeConnection();
  return middleware.ask(head, socket, () => undefined);
}

const pass: RequestMiddleware = (_request, _response, next) => next();

test('Middleware shows the request: method, url, headers and the address of the client', async () => {
  const seen: unknown[] = [];
  await ask(
    make(({ method, url, headers, remoteAddress, httpVersion }, _response, next) => {
      seen.push({ method, url, headers, remoteAddress, httpVersion });
      next();
    }),
  );
  expect(seen).toEqual([
    {
      method: 'GET',
      url: '/page?a=b',
      headers: { host: 'x', 'x-key': 'secret' },
      remoteAddress: '127.0.0.1',
      httpVersion: '1.1',
    },
  ]);
});

test('Middleware asks in order and stops at the first that blocks', async () => {
  const never = vi.fn();
  expect(await ask(make(pass, pass))).toMatchObject({ kind: 'pass' });
  for (const reason of [new Error('no entry'), 'no entry']) {
    expect(await ask(make(pass, (_request, _response, next) => next(reason), never))).toEqual({
      kind: 'blocked',
      why: 'no entry',
    });
  }
  expect(never).not.toHaveBeenCalled();
});

test('Middleware hears the first word of next only', async () => {
  const verdict = await ask(
    make((_request, _response, next) => {
      next();
      next('too late');
    }),
  );
  expect(verdict).toMatchObject({ kind: 'pass' });
});

test('Middleware blocks and warns when a function throws, at once or later', async () => {
  const failing: RequestMiddleware[] = [
    function wall() {
      throw new Error('broken');
    },
    async function wall() {
      throw new Error('broken');
    },
  ];
  for (const each of failing) {
    expect(await ask(make(each))).toEqual({ kind: 'middlewareFailed' });
    expect(warn.mock.lastCall?.[0].message).toBe('Middleware "wall" of the balancer failed: broken');
  }
  const middleware = make(...failing);
  warn.mockClear();
  await ask(middleware);
  await ask(middleware);
  expect(warn).toHaveBeenCalledOnce();
});

test('Middleware ends a wait for next at its deadline and names who is late', async () => {
  const { socket } = await makeConnection();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const verdict = make(pass, function forgetful() {}).ask(PLAIN, socket, () => undefined);
  await vi.advanceTimersByTimeAsync(DEADLINE_MS);
  expect(await verdict).toEqual({ kind: 'middlewareLate' });
  expect(warn.mock.calls.map(([{ message }]) => message)).toEqual([
    'Middleware "forgetful" of the balancer did not call next within 1000 ms',
  ]);
});

test('Middleware lets a function answer itself, and says when it has', async () => {
  const { socket, client } = await makeConnection();
  const middleware = make((_request, response) => {
    response.writeHead(302, { Location: '/login', 'Content-Length': 9 });
    response.end('elsewhere');
  });
  const verdict = middleware.ask(PLAIN, socket, () => socket.end());
  let text = '';
  client.on('data', (data: string) => {
    text += data;
  });
  await once(client, 'end');
  expect(text).toMatch(
    /^HTTP\/1\.1 302 Found\r\nLocation: \/login\r\n(.*\r\n)*Connection: close\r\n(.*\r\n)*elsewhere$/,
  );
  expect(await verdict).toEqual({ kind: 'answered' });
});

test('Middleware leaves nothing on the connection it passes', async () => {
  const { socket } = await makeConnection();
  const listeners = (): number =>
    socket.eventNames().reduce((sum, name) => sum + socket.listenerCount(name), 0);
  const before = listeners();
  await make(pass).ask(PLAIN, socket, () => undefined);
  expect(listeners()).toBe(before);
});

test('Middleware asks each kind of function about its own kind of request', async () => {
  const middleware = new Middleware(DEADLINE_MS, warn);
  expect(middleware.isEmpty).toBe(true);
  const request = vi.fn<RequestMiddleware>((_request, _response, next) => next());
  const upgrade = vi.fn<UpgradeMiddleware>((_request, _socket, next) => next());
  middleware.request.push(request);
  middleware.upgrade.push(upgrade);
  expect(middleware.isEmpty).toBe(false);
  await ask(middleware, PLAIN);
  expect([request.mock.calls.length, upgrade.mock.calls.length]).toEqual([1, 0]);
  await ask(middleware, UPGRADE);
  expect([request.mock.calls.length, upgrade.mock.calls.length]).toEqual([1, 1]);
  expect(upgrade.mock.lastCall?.[1]).toHaveProperty('destroySoon');
});

test('Middleware passes on what a function has changed of url and headers, and leaves the head itself alone', async () => {
  const change: RequestMiddleware = (request, _response, next) => {
    request.url = '/other';
    request.headers['x-user'] = 'bob';
    delete request.headers['x-key'];
    next();
  };
  const verdict = await ask(make(change));
  expect(verdict).toMatchObject({
    kind: 'pass',
    head: { url: '/other', headers: { host: 'x', 'x-user': 'bob' } },
  });
  expect(PLAIN).toMatchObject({ url: '/page?a=b', headers: { 'x-key': 'secret' } });
  expect(await ask(make(pass))).toEqual({ kind: 'pass', head: PLAIN });
});

test('Middleware blocks a request that a function has made unwritable', async () => {
  const smuggle: RequestMiddleware = (request, _response, next) => {
    request.headers['x-user'] = 'bob\r\nX-Admin: yes';
    next();
  };
  expect(await ask(make(smuggle))).toEqual({ kind: 'middlewareFailed' });
  expect(warn).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ message: expect.stringMatching(/^Middleware "smuggle" .* cannot be written/) }),
  );
});

test('Middleware warns once of a function that wants what it cannot have, and reads nothing for it', async () => {
  const { client, socket } = await makeConnection();
  const eager: RequestMiddleware = (request, response, next) => {
    response.setHeader('X-Frame-Options', 'DENY');
    request.on('data', () => undefined).on('end', () => next());
  };
  const middleware = make(eager);
  const verdict = middleware.ask(PLAIN, socket, () => undefined);
  client.write('the body');
  expect(await verdict).toMatchObject({ kind: 'pass' });
  await ask(middleware);
  expect(warn.mock.calls.map(([{ message }]) => message)).toEqual([
    'Middleware "eager" of the balancer reads a body, which stays unread here: the worker gets it',
    'Middleware "eager" of the balancer sets headers of a response that the worker gives: they are not sent',
  ]);
  socket.resume();
  expect(String((await once(socket, 'data'))[0])).toBe('the body');
});
