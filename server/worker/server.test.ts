import { expect, onTestFinished, test, vi } from 'vitest';
import { Client, makeServer, settled } from './testing.ts';

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

test('drain() sends everyone away with 1001 and ends when they are gone', async () => {
  useFakeTime();
  const server = makeServer();
  const clients = [new Client(server), new Client(server).open(), new Client(server).open()];
  const drained = vi.fn();
  void server.drain(10_000).then(drained);
  await vi.advanceTimersByTimeAsync(200);
  expect(clients.map(({ wire }) => wire.closedWith?.code)).toEqual([1001, 1001, 1001]);
  expect(drained).not.toHaveBeenCalled();
  for (const client of clients) {
    client.end(1001);
  }
  await vi.advanceTimersByTimeAsync(100);
  expect(drained).toHaveBeenCalledOnce();
});

test('drain() spreads many over half the time and drops who stays in time', async () => {
  useFakeTime();
  const server = makeServer();
  const clients = Array.from({ length: 400 }, () => new Client(server).open());
  const terminate = clients.map(({ wire }) => vi.spyOn(wire, 'terminate'));
  const drained = vi.fn();
  void server.drain(4_000).then(drained);
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
