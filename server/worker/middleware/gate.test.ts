import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { Client, fakeBroker, makeServer, settled } from '../testing.ts';
import type { Next } from './lines.ts';

interface Request {
  socket: { id: string };
  event: string;
  channel: string;
  data: unknown;
  ackData: unknown;
  authTokenExpiredError?: Error;
}

test('MIDDLEWARE_EMIT sees each event of the application, may change its data, and blocks calls with an error', () => {
  const server = makeServer();
  const client = new Client(server).open();
  const heard = vi.fn();
  client.socket.on('say', (data, respond) => {
    heard(data);
    respond(null, data);
  });
  server.addMiddleware(server.MIDDLEWARE_EMIT, (request: Request, next: Next) => {
    if (request.data === 'bad') {
      next(Object.assign(new Error('not allowed'), { name: 'MyBlockError', extra: { a: 1 } }));
      return;
    }
    request.data = `${String(request.data)}!`;
    next();
  });
  client.say({ event: 'say', data: 'hello', cid: 2 });
  client.say({ event: 'say', data: 'bad', cid: 3 });
  client.say({ event: 'say', data: 'bad' });
  expect(heard).toHaveBeenCalledExactlyOnceWith('hello!');
  expect(client.hear()).toEqual([
    { rid: 2, data: 'hello!' },
    { rid: 3, error: { message: 'not allowed', name: 'MyBlockError', extra: { a: 1 } } },
  ]);
});

test('MIDDLEWARE_EVENT of 0.9 gets socket, event, data and next', () => {
  const server = makeServer();
  const client = new Client(server).open();
  const seen = vi.fn();
  server.addMiddleware(
    server.MIDDLEWARE_EVENT,
    (socket: unknown, event: unknown, data: unknown, next: Next) => {
      seen(socket, event, data);
      next(true);
    },
  );
  client.say({ event: 'bla', data: 1, cid: 2 });
  expect(seen).toHaveBeenCalledExactlyOnceWith(client.socket, 'bla', 1);
  expect(client.hear()).toMatchObject([
    { rid: 2, error: { name: 'SilentMiddlewareBlockedError', type: 'emit' } },
  ]);
});

test('MIDDLEWARE_SUBSCRIBE blocks a subscription before the broker hears of it', async () => {
  const server = makeServer();
  const client = new Client(server).open();
  server.addMiddleware(server.MIDDLEWARE_SUBSCRIBE, ({ channel }: Request, next: Next) =>
    next(channel === 'secret' ? new Error('no secret') : undefined),
  );
  client.say({ event: '#subscribe', data: { channel: 'secret' }, cid: 2 });
  client.say({ event: '#subscribe', data: 'open', cid: 3 });
  await settled();
  expect(client.hear()).toEqual([{ rid: 2, error: { message: 'no secret' } }, { rid: 3 }]);
  expect(client.socket.subscriptions()).toEqual(['open']);
});

test('MIDDLEWARE_PUBLISH_IN may change the data and the answer, and blocks', async () => {
  const server = makeServer();
  const client = new Client(server).open();
  client.say({ event: '#subscribe', data: 'c', cid: 2 });
  await settled();
  client.hear();
  server.addMiddleware(server.MIDDLEWARE_PUBLISH_IN, (request: Request, next: Next) => {
    request.data = { stamped: request.data };
    request.ackData = { stored: 1 };
    next(request.channel === 'closed' ? true : undefined);
  });
  client.say({ event: '#publish', data: { channel: 'c', data: 'x' }, cid: 3 });
  client.say({ event: '#publish', data: { channel: 'closed', data: 'x' }, cid: 4 });
  await settled();
  expect(client.hear()).toEqual([
    { event: '#publish', data: { channel: 'c', data: { stamped: 'x' } } },
    { rid: 4, error: expect.objectContaining({ name: 'SilentMiddlewareBlockedError', type: 'publishIn' }) },
    { rid: 3, data: { stored: 1 } },
  ]);
});

test('MIDDLEWARE_PUBLISH_OUT decides on each copy, until it is removed', async () => {
  const server = makeServer();
  const clients = [new Client(server).open(), new Client(server).open()];
  for (const client of clients) {
    client.say({ event: '#subscribe', data: 'c', cid: 2 });
  }
  await settled();
  const onlyFirst = ({ socket }: Request, next: Next): void =>
    next(socket.id === clients[0]?.socket.id ? undefined : true);
  const hear = (): unknown[] => clients.map((client) => client.hear().length);
  hear();
  server.addMiddleware(server.MIDDLEWARE_PUBLISH_OUT, onlyFirst);
  await server.exchange.publish('c', 1);
  expect(hear()).toEqual([1, 0]);
  server.removeMiddleware(server.MIDDLEWARE_PUBLISH_OUT, onlyFirst);
  await server.exchange.publish('c', 1);
  expect(hear()).toEqual([1, 1]);
});

test('MIDDLEWARE_HANDSHAKE_SC shuts a client out with a code both families of clients find', () => {
  const server = makeServer();
  server.addMiddleware(server.MIDDLEWARE_HANDSHAKE_SC, (_request: Request, next: Next) =>
    next(Object.assign(new Error('sc blocked'), { name: 'SCBlock' }), 4_600),
  );
  const client = new Client(server);
  client.say({ event: '#handshake', cid: 1 });
  expect(client.hear()).toEqual([
    { rid: 1, error: { message: 'sc blocked', name: 'SCBlock', statusCode: 4_600 }, data: { code: 4_600 } },
  ]);
  expect(client.wire.closedWith?.code).toBe(4_600);
  expect(server.clientsCount).toBe(0);
});

test('packets that follow #handshake wait for its middleware, in order', async () => {
  const server = makeServer();
  let pass: Next = () => undefined;
  server.addMiddleware(server.MIDDLEWARE_HANDSHAKE_SC, (_request: Request, next: Next) => {
    pass = next;
  });
  server.on('connection', (socket) => {
    socket.on('early', (data, respond) => respond(null, data));
  });
  const client = new Client(server);
  client.say({ event: '#handshake', cid: 1 });
  client.say({ event: 'early', data: 1, cid: 2 });
  client.say({ event: 'early', data: 2, cid: 3 });
  expect(client.hear()).toEqual([]);
  expect(client.wire.closedWith).toBeUndefined();
  pass();
  await settled();
  expect(client.hear()).toMatchObject([{ rid: 1 }, { rid: 2, data: 1 }, { rid: 3, data: 2 }]);
});

test('MIDDLEWARE_AUTHENTICATE may refuse a good token, and says whether it is bad for good', () => {
  const server = makeServer();
  const refusals: [unknown, unknown][] = [
    [new Error('banned'), true],
    [new Error('not now'), false],
  ];
  server.addMiddleware(server.MIDDLEWARE_AUTHENTICATE, (_request: Request, next: Next) =>
    next(...(refusals.shift() ?? [])),
  );
  const { signed } = server.sign({ username: 'eve' });
  const client = new Client(server).open();
  for (const cid of [2, 3, 4]) {
    client.say({ event: '#authenticate', data: signed, cid });
  }
  expect(client.hear()).toMatchObject([
    { rid: 2, error: { message: 'banned' } },
    { event: '#removeAuthToken' },
    { rid: 3, data: { isAuthenticated: false, authError: { message: 'not now' } } },
    { rid: 4, data: { isAuthenticated: true } },
  ]);
});

test('middleware hears that the token has just expired', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const server = makeServer();
  const client = new Client(server).open();
  void client.socket.setAuthToken({ username: 'eve' }, { expiresIn: 10 });
  const seen: unknown[] = [];
  server.addMiddleware(server.MIDDLEWARE_EMIT, (request: Request, next: Next) => {
    seen.push(request.authTokenExpiredError?.name);
    next();
  });
  vi.setSystemTime(Date.now() + 11_000);
  client.say({ event: 'x' });
  client.say({ event: 'x' });
  expect(seen).toEqual(['AuthTokenExpiredError', undefined]);
  vi.useRealTimers();
});

test('a warning tells of each block but the silent ones', () => {
  const server = makeServer();
  const warning = vi.fn();
  server.on('warning', warning);
  server.addMiddleware(server.MIDDLEWARE_EMIT, ({ data }: Request, next: Next) =>
    next(data === 'silent' ? true : new Error('loud')),
  );
  const client = new Client(server).open();
  client.say({ event: 'x', data: 'silent' });
  client.say({ event: 'x', data: 'loud' });
  expect(warning).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ message: 'loud' }));
});

test('no packet of any kind skips its middleware', async () => {
  const reached = vi.fn();
  const touch = async (): Promise<void> => reached();
  const broker = fakeBroker({ subscribe: touch, publish: touch, transmit: () => reached() });
  const signed = makeServer().sign({ username: 'eve' }).signed;
  const packet = fc.oneof(
    fc.record({ event: fc.constantFrom('x', 'y', '#unknown'), data: fc.jsonValue() }),
    fc.record({
      event: fc.constant('#publish'),
      data: fc.record({ channel: fc.constantFrom('c', '__proto__', ''), data: fc.jsonValue() }),
    }),
    fc.record({
      event: fc.constant('#subscribe'),
      data: fc.oneof(fc.string(), fc.record({ channel: fc.string() })),
    }),
    fc.record({ event: fc.constant('#authenticate'), data: fc.constant(signed) }),
  );
  const call = fc.tuple(packet, fc.option(fc.oneof(fc.nat(), fc.string()), { nil: undefined }));
  const message = fc.oneof(
    call.map(([each, cid]) => ({ ...each, cid })),
    fc.array(
      call.map(([each, cid]) => ({ ...each, cid })),
      { maxLength: 5 },
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 20 }), async (messages) => {
      const server = makeServer({}, broker);
      for (const line of ['emit', 'subscribe', 'publishIn', 'authenticate'] as const) {
        server.addMiddleware(line, (_request: object, next: Next) => next(true));
      }
      const client = new Client(server).open();
      for (const event of ['x', 'y', '#unknown']) {
        client.socket.on(event, reached);
      }
      for (const each of messages) {
        client.say(each);
      }
      await settled();
      expect(reached).not.toHaveBeenCalled();
      expect(client.socket).toMatchObject({ authState: 'unauthenticated' });
      expect(client.socket.subscriptions()).toEqual([]);
      server.heartbeat.stop();
    }),
    { numRuns: 200 },
  );
});

test('addMiddleware() and removeMiddleware() refuse a line that does not exist, and what is no function', () => {
  const server = makeServer();
  const pass = (_request: object, next: Next): void => next();
  for (const line of [undefined, null, 'nope', '__proto__', 5, {}]) {
    for (const change of ['addMiddleware', 'removeMiddleware'] as const) {
      expect(() => server[change](line as never, pass)).toThrow(/wanted is one of .*MIDDLEWARE_EMIT/);
    }
  }
  expect(() => server.addMiddleware('emitt' as never, pass)).toThrow('did you mean "emit"?');
  for (const middleware of [undefined, null, {}, 'guard']) {
    expect(() => server.addMiddleware('emit', middleware as never)).toThrow(/wanted is a function/);
  }
  expect(server.lines.isUnused).toBe(true);
});

test('MIDDLEWARE_HANDSHAKE_SC shuts out with 4008, and warns, where its code cannot be sent', () => {
  for (const code of [99_999, 1_005, -1, 4_008.5, Number.NaN]) {
    const server = makeServer();
    const warning = vi.fn();
    server.on('warning', warning);
    server.addMiddleware('handshakeSC', (_request: object, next: Next) => next(true, code));
    const client = new Client(server);
    client.say({ event: '#handshake', cid: 1 });
    expect(client.hear()).toMatchObject([{ rid: 1, error: { statusCode: 4_008 }, data: { code: 4_008 } }]);
    expect(client.wire.closedWith?.code).toBe(4_008);
    expect(warning).toHaveBeenCalledExactlyOnceWith(expect.any(RangeError));
  }
});

test('a publisher gets its own copy before its answer, and nothing after it has left, though PUBLISH_OUT takes time', async () => {
  const server = makeServer();
  const client = new Client(server).open();
  client.say({ event: '#subscribe', data: 'c', cid: 2 });
  await settled();
  client.hear();
  const held: Next[] = [];
  server.addMiddleware('publishOut', (_request: object, next: Next) => held.push(next));
  client.say({ event: '#publish', data: { channel: 'c', data: 1 }, cid: 3 });
  await settled();
  expect(client.hear()).toEqual([]);
  held.shift()?.();
  await settled();
  expect(client.hear()).toEqual([{ event: '#publish', data: { channel: 'c', data: 1 } }, { rid: 3 }]);
  client.say({ event: '#publish', data: { channel: 'c', data: 2 }, cid: 4 });
  client.say({ event: '#unsubscribe', data: 'c', cid: 5 });
  await settled();
  held.shift()?.();
  await settled();
  expect(client.hear()).toEqual([{ rid: 5 }, { rid: 4 }]);
});
