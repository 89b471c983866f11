import { createServer } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
import { testOptions } from '../testing.ts';
import { Client, settled } from '../worker/testing.ts';
import { Attached, Listening } from './attached.ts';

function makeAttached(input: Parameters<typeof testOptions>[0] = {}): Attached {
  const attached = new Attached(
    createServer(),
    testOptions({ protocolVersion: 2, processTermTimeout: 10, ...input }),
  );
  onTestFinished(() => attached.close());
  return attached;
}

test('Attached carries publications between its clients and its own watchers, in memory', async () => {
  const [server, other] = [makeAttached(), makeAttached()];
  const client = new Client(server).open();
  client.say({ event: '#subscribe', data: 'news', cid: 2 });
  await settled();
  client.hear();
  const watcher = vi.fn();
  server.exchange.subscribe('news').watch(watcher);
  await server.exchange.publish('news', 1);
  await other.exchange.publish('news', 2);
  expect(client.hear()).toEqual([{ event: '#publish', data: { channel: 'news', data: 1 } }]);
  expect(watcher).toHaveBeenCalledExactlyOnceWith(1);
});

test('Attached keeps the data of sessions and of all by itself', async () => {
  const [server, other] = [makeAttached(), makeAttached()];
  const visitor = { id: 'cookie', isReturning: true, headers: [] };
  const clients = [new Client(server, visitor).open(), new Client(server, visitor).open()] as const;
  await clients[0].socket.session.set('basket', ['apple']);
  await server.global.set('greeting', 'hello');
  expect(await clients[1].socket.session.get('basket')).toEqual(['apple']);
  expect([await server.global.get('greeting'), await other.global.get('greeting')]).toEqual([
    'hello',
    undefined,
  ]);
  await clients[0].socket.session.emit('note', 1);
  expect(clients[1].hear()).toEqual([{ event: 'note', data: 1 }]);
});

test('Attached revokes tokens by itself, and nobody else does', async () => {
  const [server, other] = [makeAttached(), makeAttached()];
  const [client, stranger] = [new Client(server).open(), new Client(other).open()];
  for (const { socket } of [client, stranger]) void socket.setAuthToken({ sub: 'bob' });
  await server.revokeTokens({ sub: 'bob' });
  expect(client.socket.authState).toBe('unauthenticated');
  expect(stranger.socket.authState).toBe('authenticated');
});

test('Attached ends a session when its sockets have been gone for the time-out, in seconds', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const server = makeAttached({ sessionTimeout: 2 });
  const ended = vi.fn();
  server.on('sessionend', ended);
  const client = new Client(server).open();
  const { id } = client.socket.session;
  client.end();
  vi.advanceTimersByTime(1_750);
  expect(ended).not.toHaveBeenCalled();
  vi.advanceTimersByTime(500);
  expect(ended).toHaveBeenCalledExactlyOnceWith(id);
});

test('close() sends everyone away and gives the same answer again', async () => {
  const server = makeAttached();
  const client = new Client(server).open();
  const called = vi.fn();
  const closed = server.close(called);
  expect(client.wire.closedWith?.code).toBe(1001);
  client.end(1001);
  expect(server.close()).toBe(closed);
  await closed;
  await settled();
  expect(called).toHaveBeenCalledOnce();
  expect(server.clientsCount).toBe(0);
  expect(server.httpServer.listenerCount('upgrade')).toBe(0);
  await expect(server.exchange.publish('news')).rejects.toMatchObject({ code: 'BROKER_UNREACHABLE' });
});

test('drain() spreads few clients over the window, keeps to the limit, and lets nobody in meanwhile', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const server = makeAttached({ processTermTimeout: 10_000, drainWindow: 2_000, drainLimit: 1 });
  server.beReady();
  const clients = [1, 2].map(() => new Client(server).open());
  const called = vi.fn();
  const drained = server.drain(called);
  expect(server.close()).toBe(drained);
  expect(server.isReady).toBe(false);
  expect(server.httpServer.listenerCount('upgrade')).toBe(1);
  await vi.advanceTimersByTimeAsync(1_000);
  const codes = (): unknown[] => clients.map(({ wire }) => wire.closedWith?.code);
  expect(codes()).toEqual([1001, undefined]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(codes()).toEqual([1001, 1001]);
  for (const client of clients) client.end(1001);
  await vi.advanceTimersByTimeAsync(100);
  await drained;
  expect(called).toHaveBeenCalledOnce();
  expect(server.httpServer.listenerCount('upgrade')).toBe(0);
});

test('Listening closes its HTTP server, and is closed when that does not listen', async () => {
  const server = new Listening(createServer(), testOptions());
  server.httpServer.listen({ port: 0, host: '127.0.0.1' });
  await server.close();
  expect([server.httpServer.listening, server.port]).toEqual([false, 0]);
  await new Listening(createServer(), testOptions()).close();
});
