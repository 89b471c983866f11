import { expect, onTestFinished, test, vi } from 'vitest';
import { payloadOf } from '../engine/index.ts';
import { farewellOf } from '../process/farewell/index.ts';
import { minBinCodec } from '../protocol/index.ts';
import { Client, fakeBroker, makeServer, settled } from './testing.ts';

function useFakeTime(): void {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
}

test('SCServer gives every socket an id of its own, 20 characters that fit in a URL', () => {
  const server = makeServer();
  const ids = Array.from({ length: 1_000 }, () => server.generateId());
  expect(new Set(ids).size).toBe(1_000);
  expect(ids.every((id) => /^[\w-]{20}$/.test(id))).toBe(true);
});

test('SCServer counts sockets of any state as connections, and those that are open as clients', () => {
  const server = makeServer();
  const client = new Client(server);
  expect(server).toMatchObject({ connections: 1, clientsCount: 0 });
  client.open();
  expect(server).toMatchObject({ connections: 1, clientsCount: 1 });
  expect(server.clients.get(client.socket.id)).toBe(client.socket);
  expect(server.counters).toMatchObject({ accepted: 1, messagesIn: 1 });
});

test('SCServer lets a socket that ends leave its channels', async () => {
  const server = makeServer();
  const disconnection = vi.fn();
  server.on('disconnection', disconnection);
  const client = new Client(server).open();
  client.say({ event: '#subscribe', data: 'a', cid: 2 });
  await settled();
  const { socket } = client;
  client.hear();
  client.end(1006);
  await server.exchange.publish('a', 1);
  expect(client.hear()).toEqual([]);
  expect(server.exchange.has(socket, 'a')).toBe(false);
  expect(socket).toMatchObject({ state: 'closed' });
  expect(server.connections).toBe(0);
  expect(disconnection).toHaveBeenCalledExactlyOnceWith(socket, 1006, '');
});

test('SCServer tells of a socket that goes before its handshake as an aborted connection', () => {
  const server = makeServer();
  const [aborted, disconnection] = [vi.fn(), vi.fn()];
  server.on('connectionAbort', aborted);
  server.on('disconnection', disconnection);
  const client = new Client(server);
  client.end(1001, 'tab closed');
  expect(aborted).toHaveBeenCalledExactlyOnceWith(client.socket, 1001, 'tab closed');
  expect(disconnection).not.toHaveBeenCalled();
  expect(server.connections).toBe(0);
});

test('SCServer closes a client that reads nothing with 4100 and counts it', () => {
  const server = makeServer({ outboundSoftLimit: 1_024, outboundHardLimit: 2_048 });
  const client = new Client(server).open();
  client.wire.waiting = 3_000;
  client.socket.emit('x');
  expect(client.wire.closedWith?.code).toBe(4100);
  expect(server.counters.others['tooSlow']).toBe(1);
});

test('SCServer counts those it closes for silence and for doing no handshake', () => {
  useFakeTime();
  const server = makeServer({ handshakeTimeout: 1_000, pingInterval: 500, pingTimeout: 2_000 });
  new Client(server).open();
  new Client(server);
  vi.advanceTimersByTime(2_500);
  expect(server.counters.others).toMatchObject({ pongTimeouts: 1, handshakeTimeouts: 1 });
});

test('sendAway() closes everyone with 1001 and ends when they are gone', async () => {
  useFakeTime();
  const server = makeServer();
  const clients = [new Client(server), new Client(server).open(), new Client(server).open()];
  const drained = vi.fn();
  void server.sendAway(farewellOf({ processTermTimeout: 10_000 })).then(drained);
  expect(server.isReady).toBe(false);
  await vi.advanceTimersByTimeAsync(200);
  expect(clients.map(({ wire }) => wire.closedWith?.code)).toEqual([1001, 1001, 1001]);
  expect(drained).not.toHaveBeenCalled();
  for (const client of clients) {
    client.end(1001);
  }
  await vi.advanceTimersByTimeAsync(100);
  expect(drained).toHaveBeenCalledOnce();
});

test('sendAway() spreads many over half the time and drops who stays in time', async () => {
  useFakeTime();
  const server = makeServer();
  const clients = Array.from({ length: 400 }, () => new Client(server).open());
  const terminate = clients.map(({ wire }) => vi.spyOn(wire, 'terminate'));
  const drained = vi.fn();
  void server.sendAway(farewellOf({ processTermTimeout: 4_000 })).then(drained);
  const sentAway = (): number => clients.filter(({ wire }) => wire.closedWith !== undefined).length;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sentAway()).toBeGreaterThan(150);
  expect(sentAway()).toBeLessThan(250);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sentAway()).toBe(400);
  expect(terminate.every((spy) => spy.mock.calls.length === 0)).toBe(true);
  await vi.advanceTimersByTimeAsync(1_500);
  expect(terminate.every((spy) => spy.mock.calls.length === 1)).toBe(true);
  expect(drained).toHaveBeenCalledOnce();
});

test('sendAway() answers the calls in hand before it closes, and takes no further ones', async () => {
  useFakeTime();
  const server = makeServer();
  const [busy, queued, lost] = [1, 2, 3].map(() => new Client(server).open()) as [Client, Client, Client];
  const answers: (() => void)[] = [];
  const seen: unknown[] = [];
  for (const { socket } of [busy, queued]) {
    socket.on('work', (data, respond) => void answers.push(() => respond(null, data)));
    socket.on('wait', (data) => {
      seen.push(data);
      return new Promise<void>((resolve) => answers.push(resolve));
    });
  }
  busy.say({ event: 'work', data: 'a', cid: 2 });
  queued.say({ event: 'wait', data: 1 });
  queued.say({ event: 'work', data: 'b', cid: 2 });
  lost.say({ event: 'nobody listens', cid: 2 });
  lost.say({ event: '#removeAuthToken', cid: 3 });
  lost.say({ event: 'disconnect', cid: 4 });
  const done = server.sendAway(farewellOf({ processTermTimeout: 10_000 }));
  await vi.advanceTimersByTimeAsync(500);
  expect([busy, queued, lost].map(({ wire }) => wire.closedWith?.code)).toEqual([undefined, undefined, 1001]);
  busy.say({ event: 'work', data: 'too late', cid: 3 });
  for (const answer of answers.splice(0)) answer();
  await vi.advanceTimersByTimeAsync(100);
  for (const answer of answers.splice(0)) answer();
  await vi.advanceTimersByTimeAsync(100);
  expect([busy.hear(), queued.hear(), seen]).toEqual([[{ rid: 2, data: 'a' }], [{ rid: 2, data: 'b' }], [1]]);
  expect([busy, queued].map(({ wire }) => wire.closedWith?.code)).toEqual([1001, 1001]);
  for (const client of [busy, queued, lost]) client.end(1001);
  await vi.advanceTimersByTimeAsync(100);
  await done;
});

test('sendAway() waits for the broker to take what a client published or subscribed to', async () => {
  useFakeTime();
  const taken: (() => void)[] = [];
  const wait = (): Promise<void> => new Promise((resolve) => taken.push(resolve));
  const server = makeServer({}, fakeBroker({ publish: wait, subscribe: wait }));
  const client = new Client(server).open();
  client.say({ event: '#publish', data: { channel: 'c', data: 1 }, cid: 2 });
  client.say({ event: '#subscribe', data: { channel: 'c' }, cid: 3 });
  const done = server.sendAway(farewellOf({ processTermTimeout: 10_000 }));
  await vi.advanceTimersByTimeAsync(500);
  expect(client.wire.closedWith).toBeUndefined();
  for (const take of taken) take();
  await vi.advanceTimersByTimeAsync(100);
  expect(client.hear()).toEqual([{ rid: 2 }, { rid: 3 }]);
  expect(client.wire.closedWith?.code).toBe(1001);
  client.end(1001);
  await vi.advanceTimersByTimeAsync(100);
  await done;
});

test('SCServer gives sockets of one cookie one session, and one without a request its own', async () => {
  const server = makeServer();
  const visitor = { id: 'cookie', isReturning: true, headers: [] };
  const [a, b, lone] = [
    new Client(server, visitor).open(),
    new Client(server, visitor).open(),
    new Client(server),
  ];
  expect(a.socket.session).toBe(b.socket.session);
  expect(lone.open().socket.session).toBe(lone.socket.session);
  expect(lone.socket.session.id).not.toBe('cookie');
  await a.socket.session.emit('news', 1);
  expect([a.hear(), b.hear(), lone.hear()]).toEqual([
    [{ event: 'news', data: 1 }],
    [{ event: 'news', data: 1 }],
    [],
  ]);
  a.end();
  expect(await b.socket.session.getSockets()).toEqual([b.socket]);
});

test('SCServer emits sessionend for a session that its application used', () => {
  const server = makeServer();
  const ended = vi.fn();
  server.on('sessionend', ended);
  const client = new Client(server).open();
  const { id } = client.socket.session;
  client.end();
  server.sessions.takeNotice('ended', id, new Uint8Array(0));
  expect(ended).toHaveBeenCalledExactlyOnceWith(id);
});

test('setCodecEngine() has packets of every kind encoded by the engine, in both directions', async () => {
  const server = makeServer({ protocolVersion: 'auto' });
  server.setCodecEngine(minBinCodec);
  const client = new Client(server);
  const say = (packet: unknown): void =>
    server.wires.message(client.wire, Buffer.from(minBinCodec.encode(packet)));
  const hear = (): unknown[] =>
    client.wire.frames.splice(0).map((frame) => minBinCodec.decode(payloadOf(frame)));
  say({ event: '#handshake', cid: 1 });
  expect(hear()).toEqual([expect.objectContaining({ rid: 1 }), '#1']);
  say('#2');
  expect(client.socket.pingVersion).toBe(1);
  say({ event: '#subscribe', data: { channel: 'c' }, cid: 2 });
  await settled();
  say([{ event: '#publish', data: { channel: 'c', data: 1 }, cid: 3 }]);
  await settled();
  client.socket.kickOut('c', 'out');
  client.socket.disconnect(4_500);
  expect(hear()).toEqual([
    { rid: 2 },
    { event: '#publish', data: { channel: 'c', data: 1 } },
    { rid: 3 },
    { event: '#kickOut', data: { channel: 'c', message: 'out' } },
    { event: '#disconnect', data: { code: 4_500 } },
  ]);
});

test('setCodecEngine() comes too late once a client has connected', () => {
  const server = makeServer();
  new Client(server).end();
  expect(() => server.setCodecEngine(minBinCodec)).toThrow('1 clients have connected');
});

test('batchOnHandshake collects what follows the answer to the handshake', () => {
  useFakeTime();
  const server = makeServer({ batchOnHandshake: true, batchInterval: 50, batchOnHandshakeDuration: 100 });
  const client = new Client(server);
  server.on('connection', (socket) => {
    socket.emit('a');
    socket.emit('b');
  });
  client.say({ event: '#handshake', data: {}, cid: 1 });
  expect(client.hear()).toEqual([expect.objectContaining({ rid: 1 })]);
  vi.advanceTimersByTime(50);
  expect(client.wire.texts).toEqual(['[{"event":"a"},{"event":"b"}]']);
  vi.advanceTimersByTime(50);
  client.socket.emit('c');
  expect(client.wire.texts).toHaveLength(2);
});

test('startBatching() sends in arrays, each after batchInterval', () => {
  useFakeTime();
  const client = new Client(makeServer({ batchInterval: 70 })).open();
  client.socket.startBatching();
  client.socket.emit('a');
  client.socket.emit('b');
  vi.advanceTimersByTime(69);
  expect(client.wire.texts).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(client.wire.texts).toEqual(['[{"event":"a"},{"event":"b"}]']);
});

test('revokeToken() takes a token from its clients, tells them and the application, and leaves the others', async () => {
  const server = makeServer();
  const told = vi.fn();
  server.on('deauthentication', told);
  const [bob, eve] = [new Client(server).open(), new Client(server).open()];
  void bob.socket.setAuthToken({ sub: 'bob' });
  void eve.socket.setAuthToken({ sub: 'eve' });
  const signed = bob.socket.signedAuthToken ?? '';
  for (const client of [bob, eve]) client.hear();
  await server.revokeToken(signed);
  expect([bob.hear(), eve.hear()]).toEqual([[{ event: '#removeAuthToken' }], []]);
  expect(told).toHaveBeenCalledExactlyOnceWith(bob.socket, expect.objectContaining({ sub: 'bob' }));
  expect(eve.socket.authState).toBe('authenticated');
  const again = new Client(server);
  again.say({ event: '#handshake', data: { authToken: signed }, cid: 1 });
  expect(again.hear()).toMatchObject([
    { rid: 1, data: { isAuthenticated: false, authError: { name: 'AuthTokenInvalidError' } } },
    { event: '#removeAuthToken' },
  ]);
});

test('revokeTokens() takes every token with a claim, and lets a client have a new one at once', async () => {
  const server = makeServer();
  const clients = [1, 2].map(() => new Client(server).open());
  for (const { socket } of clients) void socket.setAuthToken({ sub: 'bob' });
  await server.revokeTokens({ sub: 'bob' });
  expect(clients.map(({ socket }) => socket.authState)).toEqual(['unauthenticated', 'unauthenticated']);
  void clients[0]!.socket.setAuthToken({ sub: 'bob' });
  await server.revokeTokens({ sub: 'eve' });
  expect(clients[0]!.socket.authState).toBe('authenticated');
  expect(server.check(clients[0]!.socket.signedAuthToken).payload).toMatchObject({ sub: 'bob' });
});
