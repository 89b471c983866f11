import { beforeEach, expect, test, vi } from 'vitest';
import { Client } from './client.ts';
import { type ClientOptions, resolveOptions } from './options.ts';
import { fakeSockets, ManualClock } from './testing.ts';

let clock: ManualClock;
let sockets: ReturnType<typeof fakeSockets>;
const destroyed = vi.fn();

beforeEach(() => {
  clock = new ManualClock();
  sockets = fakeSockets();
  destroyed.mockReset();
});

function makeClient(options: ClientOptions = {}): Client {
  const client = new Client(resolveOptions({ webSocket: sockets.webSocket, ...options }), {
    clock,
    destroyed,
  });
  return client.on('error', () => undefined);
}

async function openClient(options: ClientOptions = {}): Promise<Client> {
  const client = makeClient(options);
  client.connect();
  await sockets.latest().welcome();
  return client;
}

test('Client tells its state', async () => {
  const client = makeClient();
  const before = {
    state: 'closed',
    id: null,
    authState: 'unauthenticated',
    authToken: null,
    signedAuthToken: null,
  };
  expect(client).toMatchObject(before);
  client.open();
  expect(client.state).toBe('connecting');
  await sockets.latest().welcome();
  expect(client).toMatchObject({ state: 'open', id: 'socket-1' });
});

test('emit() sends an event, with a callback a call; transmit() and invoke() do the same', async () => {
  const client = await openClient();
  const answered = vi.fn();
  client.emit('a', 1);
  client.emit('b', 2, answered);
  client.transmit('c');
  const result = client.invoke('d', 4);
  expect(sockets.latest().packets.slice(1)).toEqual([
    { event: 'a', data: 1 },
    { event: 'b', data: 2, cid: 2 },
    { event: 'c' },
    { event: 'd', data: 4, cid: 3 },
  ]);
  sockets.latest().receive([
    { rid: 3, data: 'd' },
    { rid: 2, error: 'plain' },
  ]);
  expect(await result).toBe('d');
  expect(answered).toHaveBeenCalledExactlyOnceWith('plain', undefined);
});

test('invoke() rejects with an Error whatever the server gives, and takes a time-out of its own', async () => {
  const client = await openClient();
  const refused = client.invoke('a');
  sockets.latest().receive({ rid: 2, error: 'plain' });
  await expect(refused).rejects.toMatchObject({ message: 'plain' });
  const quick = client.invoke('b', 1, { ackTimeout: 5 });
  clock.advance(5);
  await expect(quick).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('on(), once() and off() serve events, calls of the server and local events alike', async () => {
  const client = await openClient();
  const [always, once, never] = [vi.fn(), vi.fn(), vi.fn()];
  client.on('a', always).once('a', once).on('a', never).off('a', never);
  client.on('question', (_data, respond) => respond(null, 42));
  const raw = vi.fn();
  client.on('raw', raw);
  sockets.latest().receive({ event: 'a', data: 1 });
  sockets.latest().receive({ event: 'a', data: 2 });
  sockets.latest().receive({ event: 'question', cid: 7 });
  sockets.latest().receive('noise');
  expect([always, once, never].map(({ mock }) => mock.calls.length)).toEqual([2, 1, 0]);
  expect(sockets.latest().packets.at(-1)).toEqual({ rid: 7, data: 42 });
  expect(raw).toHaveBeenCalledExactlyOnceWith('noise');
});

test('disconnect() refuses codes that may not be sent, and does not come back after any other', async () => {
  const client = await openClient();
  for (const code of [0, 1001, 1006, 2999, 5000, 4000.5]) {
    expect(() => client.disconnect(code)).toThrow(RangeError);
  }
  client.disconnect(4100, 'bye');
  expect(sockets.latest().closedWith).toEqual({ code: 4100, reason: 'bye' });
  expect(client.state).toBe('closed');
  clock.advance(100_000);
  expect(sockets.made).toHaveLength(1);
});

test('reconnect() ends one connection and opens the next', async () => {
  const client = await openClient();
  client.reconnect(4200, 'again');
  expect(sockets.made[0]?.closedWith).toEqual({ code: 4200, reason: 'again' });
  expect(sockets.made).toHaveLength(2);
  await sockets.latest().welcome();
  expect(client.state).toBe('open');
});

test('destroy() ends the client and forgets its listeners', async () => {
  const client = await openClient();
  const listener = vi.fn();
  client.on('a', listener);
  client.destroy();
  expect(destroyed).toHaveBeenCalledOnce();
  expect(client.state).toBe('closed');
  client.connect();
  await sockets.latest().welcome();
  sockets.latest().receive({ event: 'a' });
  expect(listener).not.toHaveBeenCalled();
});

test('options.autoReconnectOptions may be changed while the client runs', async () => {
  const client = await openClient();
  Object.assign(client.options.autoReconnectOptions, { initialDelay: 7, randomness: 0 });
  sockets.latest().end(4100);
  clock.advance(7);
  expect(sockets.made).toHaveLength(2);
});

test('send() sends a message as it is', async () => {
  const client = await openClient();
  client.send('raw');
  expect(sockets.latest().sent.at(-1)).toBe('raw');
});

test('batches are sent as one message, by hand or every batchInterval', async () => {
  const client = await openClient({ batchInterval: 20 });
  client.startBatch();
  client.transmit('a');
  client.transmit('b');
  client.flushBatch();
  client.startBatch();
  client.transmit('forgotten');
  client.cancelBatch();
  client.startBatching();
  client.transmit('forgotten');
  client.cancelBatching();
  client.startBatching();
  client.transmit('c');
  clock.advance(20);
  client.stopBatching();
  client.transmit('d');
  expect(sockets.latest().packets.slice(1)).toEqual([
    [{ event: 'a' }, { event: 'b' }],
    [{ event: 'c' }],
    { event: 'd' },
  ]);
});

test('authenticate() and deauthenticate() change the state', async () => {
  const client = await openClient();
  const status = client.authenticate('a.b.c');
  sockets.latest().receive({ rid: 2, data: { isAuthenticated: true, authError: null } });
  await status;
  expect(client).toMatchObject({ authState: 'authenticated', signedAuthToken: 'a.b.c' });
  await client.deauthenticate();
  expect(client).toMatchObject({ authState: 'unauthenticated', signedAuthToken: null });
});
