/** What the application throws, or gives that cannot be sent, harms nobody's next packet. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { PATIENCE } from '../../testing.ts';
import type { Next } from '../middleware/index.ts';
import type { SCServer } from '../server.ts';
import { Client, makeServer, settled, sign } from '../testing.ts';

/** Errors that nobody catches, from now to the end of the test. */
function uncaught(): unknown[] {
  const errors: unknown[] = [];
  const note = (error: unknown): void => void errors.push(error);
  process.on('uncaughtException', note);
  onTestFinished(() => void process.off('uncaughtException', note));
  return errors;
}

/** Middleware that lets everything pass, by each way there is to do it. */
const passing = {
  none: undefined,
  'a function that calls next at once': (_request: object, next: Next) => next(),
  'an asynchronous function': async (_request: object, next: Next) => {
    await Promise.resolve();
    next();
  },
  'a function with a try around next': async (_request: object, next: Next) => {
    await Promise.resolve();
    try {
      next();
    } catch (error) {
      next(error);
    }
  },
};

const planted = new Error('planted');
const fail = (): never => {
  throw planted;
};

/** What a client sends, and where the application throws when it comes. */
const deeds: Record<string, { packet: object; line: string; plant(server: SCServer): void }> = {
  'a listener of an event': {
    packet: { event: 'boom', cid: 5 },
    line: 'emit',
    plant: (server) => server.on('connection', (socket) => void socket.on('boom', fail)),
  },
  'an asynchronous listener of an event': {
    packet: { event: 'boom', cid: 5 },
    line: 'emit',
    plant: (server) => server.on('connection', (socket) => void socket.on('boom', async () => fail())),
  },
  'a listener of subscription': {
    packet: { event: '#subscribe', data: 'c', cid: 5 },
    line: 'subscribe',
    plant: (server) => server.on('subscription', fail),
  },
  'a listener of authentication': {
    packet: { event: '#authenticate', data: sign({ name: 'eve' }), cid: 5 },
    line: 'authenticate',
    plant: (server) => server.on('authentication', fail),
  },
  'a listener of connection': {
    packet: { event: 'anything' },
    line: 'handshakeSC',
    plant: (server) => server.on('connection', fail),
  },
};

const cases = Object.entries(deeds).flatMap(([deed, details]) =>
  Object.entries(passing).map(([way, middleware]) => ({ deed, way, middleware, ...details })),
);

test.each(cases)('$deed throws behind $way: nobody catches it, and the socket goes on', async (each) => {
  const errors = uncaught();
  const server = makeServer();
  each.plant(server);
  server.prependListener('connection', (socket) => {
    socket.on('echo', (data, respond) => respond(null, data));
  });
  if (each.middleware !== undefined) {
    server.addMiddleware(each.line as 'emit', each.middleware);
  }
  const client = new Client(server);
  client.say({ event: '#handshake', data: {}, cid: 1 });
  client.say(each.packet);
  client.say({ event: 'echo', data: 'still here', cid: 6 });
  await vi.waitFor(() => expect(client.hear()).toContainEqual({ rid: 6, data: 'still here' }), PATIENCE);
  await vi.waitFor(() => expect(errors).toEqual([planted]), PATIENCE);
});

test('a listener that throws keeps neither the other packets of an array nor the other listeners waiting', async () => {
  const errors = uncaught();
  const client = new Client(makeServer()).open();
  const heard = vi.fn();
  client.socket.on('boom', fail);
  client.socket.on('boom', () => heard('boom'));
  client.socket.on('next', () => heard('next'));
  client.say([{ event: 'boom' }, { event: 'next' }]);
  expect(heard.mock.calls).toEqual([['boom'], ['next']]);
  await vi.waitFor(() => expect(errors).toEqual([planted]), PATIENCE);
});

test('a callback that throws when its call is answered, or given up, keeps nobody waiting', async () => {
  const errors = uncaught();
  const client = new Client(makeServer()).open();
  const answered = vi.fn();
  client.socket.emit('a', 1, fail);
  client.socket.emit('b', 1, fail);
  client.socket.emit('c', 1, answered);
  client.say([{ rid: 1 }]);
  client.end();
  expect(answered).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ name: 'BadConnectionError' }));
  await vi.waitFor(() => expect(errors).toEqual([planted, planted]), PATIENCE);
});

test('middleware that throws after its answer, or rejects, is an error that nobody catches', async () => {
  const errors = uncaught();
  const server = makeServer();
  const client = new Client(server).open();
  client.socket.on('x', (data, respond) => respond(null, data));
  server.addMiddleware('emit', (_request: object, next: Next) => {
    next();
    fail();
  });
  server.addMiddleware('emit', async (_request: object, next: Next) => {
    next();
    fail();
  });
  client.say({ event: 'x', data: 1, cid: 2 });
  expect(client.hear()).toEqual([{ rid: 2, data: 1 }]);
  await vi.waitFor(() => expect(errors).toEqual([planted, planted]), PATIENCE);
});

test('middleware that throws or rejects with nothing blocks all the same', async () => {
  const server = makeServer();
  const client = new Client(server).open();
  const heard = vi.fn();
  client.socket.on('x', heard);
  server.addMiddleware('emit', ({ data }: { data: unknown }) => {
    const nothing = AbortSignal.abort(null); // which is what it throws
    return data === 'throw' ? nothing.throwIfAborted() : settled().then(() => nothing.throwIfAborted());
  });
  client.say({ event: 'x', data: 'throw', cid: 2 });
  client.say({ event: 'x', data: 'reject', cid: 3 });
  await vi.waitFor(() => expect(client.wire.frames).toHaveLength(2), PATIENCE);
  expect(client.hear()).toMatchObject([
    { rid: 2, error: { message: 'null' } },
    { rid: 3, error: { message: 'null' } },
  ]);
  expect(heard).not.toHaveBeenCalled();
});

test('what middleware blocks with need not be fit to be sent', () => {
  const server = makeServer();
  const client = new Client(server).open();
  server.addMiddleware('emit', (_request: object, next: Next) => next({ huge: 10n }));
  client.say({ event: 'x', cid: 2 });
  client.say({ event: 'x', cid: 3 });
  const error = 'An error that cannot be JSON';
  expect(client.hear()).toEqual([
    { rid: 2, error },
    { rid: 3, error },
  ]);
});

test('data that PUBLISH_IN made unfit to be sent is refused by its right name, and warned of', async () => {
  const server = makeServer();
  const warning = vi.fn();
  server.on('warning', warning);
  const client = new Client(server).open();
  server.addMiddleware('publishIn', (request: { data: unknown }, next: Next) => {
    request.data = 10n;
    next();
  });
  client.say({ event: '#publish', data: { channel: 'c', data: 1 }, cid: 2 });
  await settled();
  expect(client.hear()).toMatchObject([{ rid: 2, error: { name: 'InvalidMessageError' } }]);
  expect(warning).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ message: expect.stringContaining('"c"'), cause: expect.any(TypeError) }),
  );
});

test('a publication whose ackData cannot be sent is out, is answered, and warned of', async () => {
  const server = makeServer();
  const warning = vi.fn();
  server.on('warning', warning);
  const client = new Client(server).open();
  client.say({ event: '#subscribe', data: 'c', cid: 2 });
  await settled();
  server.addMiddleware('publishIn', (request: { ackData: unknown }, next: Next) => {
    request.ackData = 10n;
    next();
  });
  client.hear();
  client.say({ event: '#publish', data: { channel: 'c', data: 1 }, cid: 3 });
  await settled();
  expect(client.hear()).toEqual([{ event: '#publish', data: { channel: 'c', data: 1 } }, { rid: 3 }]);
  expect(warning).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ message: expect.stringContaining('ackData') }),
  );
});

test('an answer that cannot be sent throws at respond(), and another may follow', () => {
  const client = new Client(makeServer()).open();
  client.socket.on('x', (_data, respond) => {
    expect(() => respond(null, 10n)).toThrow(TypeError);
    respond(null, 'ten');
  });
  client.say({ event: 'x', cid: 2 });
  expect(client.hear()).toEqual([{ rid: 2, data: 'ten' }]);
});
