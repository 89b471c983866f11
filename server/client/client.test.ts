import { beforeEach, expect, test, vi } from 'vitest';
import { Client } from './client.ts';
import { type ClientOptions, resolveOptions } from './options.ts';
import { fakeSockets, ManualClock, turn } from './testing.ts';

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
  sockets.latest().receive({ event: 'a' });
  expect(listener).not.toHaveBeenCalled();
});

test('destroy() ends whatever loops and callbacks wait for', async () => {
  const client = await openClient();
  const told = vi.fn();
  const waiting = [
    client.subscribe('c', {}, told).stream().next(),
    client.channel('d').stream().next(),
    client.receiver('e').stream().next(),
    client.listener('raw').stream().next(),
  ];
  const [once, call] = [client.procedure('f').once(), client.invoke('g')];
  client.destroy();
  expect(await Promise.all(waiting)).toEqual(waiting.map(() => ({ done: true, value: undefined })));
  await expect(once).rejects.toMatchObject({ name: 'InvalidActionError' });
  await expect(call).rejects.toMatchObject({ name: 'BadConnectionError' });
  expect(told).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ name: 'InvalidActionError' }));
  expect(await client.channel('c').stream().next()).toEqual({ done: true, value: undefined });
  expect(await client.receiver('e').stream().next()).toEqual({ done: true, value: undefined });
});

test('a client that was destroyed refuses by name whatever would connect it', async () => {
  const client = await openClient({ batchInterval: 5 });
  client.on('close', () => client.connect());
  client.startBatching();
  client.destroy();
  const refused = { name: 'InvalidActionError', message: expect.stringContaining('was destroyed') };
  for (const work of [
    () => client.connect(),
    () => client.open(),
    () => client.reconnect(),
    () => client.emit('a'),
    () => client.emit('a', 1, vi.fn()),
    () => client.transmit('a'),
    () => client.subscribe('a'),
    () => client.transmitPublish('a', 1),
  ]) {
    expect(work).toThrow(expect.objectContaining(refused));
  }
  await expect(client.invoke('a')).rejects.toMatchObject(refused);
  await expect(client.publish('a', 1)).rejects.toMatchObject(refused);
  await expect(client.authenticate('a.b.c')).rejects.toMatchObject(refused);
  expect([client.state, sockets.latest().closedWith?.code, clock.pauses]).toEqual(['closed', 1000, []]);
});

test.for<[string, (client: Client, called: () => void) => unknown, answer?: object]>([
  ['emit', (client, called) => client.emit('a', 1, called)],
  ['publish', (client, called) => client.publish('a', 1, called)],
  ['subscribe', (client, called) => client.subscribe('a', called)],
  ['subscribe with options', (client, called) => client.subscribe('a', { priority: 1 }, called)],
  ['subscribe of a channel', (client, called) => client.channel('a').subscribe({}, called)],
  ['publish of a channel', (client, called) => client.channel('a').publish(1, called)],
  ['authenticate', (client, called) => client.authenticate('a.b.c', called), { isAuthenticated: true }],
])('%s calls its callback once, when the server has answered', async ([, work, data]) => {
  const client = await openClient();
  const called = vi.fn();
  work(client, called);
  expect(called).not.toHaveBeenCalled();
  sockets.latest().receive({ rid: 2, data });
  await turn();
  expect(called).toHaveBeenCalledOnce();
  expect(called.mock.lastCall?.[0]).toBeNull();

  work(client, called);
  client.disconnect();
  await turn();
  expect(called).toHaveBeenCalledTimes(2);
});

test('unsubscribe() and deauthenticate() call their callback when it is done', async () => {
  const client = await openClient();
  const [left, never, out] = [vi.fn(), vi.fn(), vi.fn()];
  client.subscribe('a');
  sockets.latest().receive({ rid: 2 });
  client.unsubscribe('a', left);
  client.unsubscribe('b', never);
  await client.deauthenticate(out);
  await turn();
  expect([left, never, out].map(({ mock }) => mock.calls)).toEqual([[], [[null]], [[null, undefined]]]);
  expect(sockets.latest().packets.at(-2)).toEqual({ event: '#unsubscribe', data: 'a', cid: 3 });
  sockets.latest().receive({ rid: 3 });
  expect(left).toHaveBeenCalledExactlyOnceWith(null);
});

test('subscribe(names, callback) and on(channel) do what clients of 0.9 do', async () => {
  const client = await openClient();
  const [told, heard] = [vi.fn(), vi.fn()];
  const [foo, bar] = client.subscribe(['foo', 'bar'], told);
  client.on('foo', heard);
  sockets.latest().receive([{ rid: 2 }, { event: '#publish', data: { channel: 'foo', data: 1 } }]);
  expect(told).not.toHaveBeenCalled();
  sockets.latest().receive({ rid: 3, error: 'no' });
  expect(told).toHaveBeenCalledExactlyOnceWith('no');
  expect(heard).toHaveBeenCalledExactlyOnceWith(1, expect.any(Function));
  expect([foo?.state, bar?.state]).toEqual(['subscribed', 'unsubscribed']);
  client.unsubscribe(['foo', 'bar']);
  expect(client.subscriptions(true)).toEqual([]);
});

test.for<[string, (client: Client) => unknown]>([
  ['emit()', (client) => client.emit(...([] as unknown as [string]))],
  ['emit(name, function)', (client) => client.emit('a', vi.fn())],
  ['emit(name, data, text)', (client) => client.emit('a', 1, 'b' as never)],
  ['transmit(empty)', (client) => client.transmit('')],
  ['invoke(name, data, function)', (client) => client.invoke('a', 1, (() => undefined) as never)],
  ['send(object)', (client) => client.send({} as never)],
  ['on(name)', (client) => client.on('a', undefined as never)],
  ['once(nothing)', (client) => client.once(undefined as never, vi.fn() as never)],
  ['receiver()', (client) => client.receiver(undefined as never)],
  ['procedure()', (client) => client.procedure(undefined as never)],
  ['listener()', (client) => client.listener(undefined as never)],
  ['subscribe()', (client) => client.subscribe(undefined as never)],
  ['subscribe(empty)', (client) => client.subscribe('')],
  ['subscribe(number)', (client) => client.subscribe(5 as never)],
  ['subscribe(object)', (client) => client.subscribe({ channel: 'a' } as never)],
  ['subscribe([number])', (client) => client.subscribe(['a', 5 as never])],
  ['subscribe(name, text)', (client) => client.subscribe('a', 'yes' as never)],
  ['subscribe waitForAuth: text', (client) => client.subscribe('a', { waitForAuth: 'yes' } as never)],
  ['subscribe waitForAut', (client) => client.subscribe('a', { waitForAut: true } as never)],
  ['unsubscribe()', (client) => client.unsubscribe(undefined as never)],
  ['publish()', (client) => client.publish(undefined as never, undefined as never)],
  ['publish(name, function)', (client) => client.publish('a', vi.fn())],
  ['publish(name, data, text)', (client) => client.publish('a', 1, 'b' as never)],
  ['transmitPublish(empty)', (client) => client.transmitPublish('')],
  ['watch(name)', (client) => client.watch('a', undefined as never)],
  ['authenticate()', (client) => client.authenticate(undefined as never)],
])('%s is refused in a sentence, and nothing is sent', async ([, work]) => {
  const client = await openClient();
  const before = sockets.latest().sent.length;
  await expect((async () => work(client))()).rejects.toThrow(/^Cannot .*(wanted is|did you mean)/);
  expect(sockets.latest().sent).toHaveLength(before);
  expect(client.subscriptions(true)).toEqual([]);
});

test('the names of SocketCluster 14 and 15 do what theirs here do', async () => {
  const client = await openClient();
  expect([client.getState(), client.getAuthToken(), client.getSignedAuthToken()]).toEqual([
    'open',
    null,
    null,
  ]);
  const watcher = vi.fn();
  client.watch('a', watcher);
  expect(client.watchers('a')).toEqual([watcher]);
  const published = client.invokePublish('a', 1);
  sockets.latest().receive({ rid: 2, data: 'stored' });
  expect(await published).toBe('stored');
  const next = client.subscribe('a').stream().next();
  client.closeChannel('a');
  expect(await next).toEqual({ done: true, value: undefined });
  expect(client.channel('a').state).toBe('pending');
});

test('options.autoReconnectOptions may be changed while the client runs', async () => {
  const client = await openClient();
  Object.assign(client.options.autoReconnectOptions, { initialDelay: 7, randomness: 0 });
  sockets.latest().end(4100);
  clock.advance(7);
  expect(sockets.made).toHaveLength(2);
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
