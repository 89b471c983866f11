import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test, vi } from 'vitest';
import { describeRequest } from '../origin/index.ts';
import { Client, makeServer } from '../testing.ts';

function visitor(headers: Record<string, string> = {}) {
  const request = Object.assign(new IncomingMessage(new Socket()), {
    url: '/socketcluster/?room=1',
    headers,
  });
  const from = () => ({ port: 4_000, origin: describeRequest(request) });
  return { id: `${'a'.repeat(32)}_0`, isReturning: false, headers: [], from };
}

test('request is what the socket began with, and keeps what is added to it', () => {
  const { socket } = new Client(makeServer(), visitor({ cookie: 'a=b', 'x-forwarded-for': '9.9.9.9' }));
  expect(socket.request).toMatchObject({ url: '/socketcluster/?room=1', query: { room: '1' } });
  socket.request['user'] = 'bob';
  expect(socket.request['user']).toBe('bob');
  expect(socket).toMatchObject({
    cookie: 'a=b',
    forwardedForAddress: '9.9.9.9',
    remoteAddress: '127.0.0.1',
    address: '127.0.0.1',
    remotePort: 4_000,
    remoteFamily: 'IPv4',
    ssid: `${'a'.repeat(32)}_0`,
  });
});

test('request of a socket without one is empty', () => {
  const { socket } = new Client(makeServer());
  expect(socket.request).toEqual({ method: 'GET', url: '/', headers: {}, query: {} });
  expect([socket.forwardedForAddress, socket.cookie, socket.remotePort]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('getState() follows the constants', () => {
  const client = new Client(makeServer());
  const { socket } = client;
  const states = [socket.getState() === socket.CONNECTING];
  client.open();
  states.push(socket.getState() === socket.OPEN, socket.authState === socket.UNAUTHENTICATED);
  void socket.setAuthToken({});
  states.push(socket.authState === socket.AUTHENTICATED);
  client.end();
  states.push(socket.getState() === socket.CLOSED);
  expect(states).toEqual([true, true, true, true, true]);
});

test('destroy() does what disconnect() does, removeListener() what off() does', () => {
  const client = new Client(makeServer()).open();
  const listener = vi.fn();
  client.socket.on('ping', listener).removeListener('ping', listener);
  client.say({ event: 'ping' });
  expect(listener).not.toHaveBeenCalled();
  client.socket.destroy(4_500, 'enough');
  expect(client.wire.closedWith).toEqual({ code: 4_500, reason: 'enough' });
});

test('the end is disconnect or connectAbort, then close, and an error unless it was a normal one', () => {
  const told: unknown[] = [];
  const begin = (): Client => {
    const client = new Client(makeServer());
    for (const event of ['disconnect', 'connectAbort', 'close']) {
      client.socket.on(event, (code) => told.push([event, code]));
    }
    client.socket.on('error', (error) => told.push((error as Error).message));
    return client;
  };
  begin().open().end(1_000);
  begin().open().end(4_001, 'No pong');
  begin().end(1_006);
  expect(told).toEqual([
    ['disconnect', 1_000],
    ['close', 1_000],
    ['disconnect', 4_001],
    ['close', 4_001],
    'The connection ended with code 4001: No pong',
    ['connectAbort', 1_006],
    ['close', 1_006],
    'The connection ended with code 1006',
  ]);
});

test('message is raised with each message as it came', () => {
  const client = new Client(makeServer()).open();
  const told = vi.fn();
  client.socket.on('message', (message) => told(message));
  client.say('{"event":"ping"}');
  expect(told).toHaveBeenCalledExactlyOnceWith('{"event":"ping"}');
});

test('kickOut() takes several channels and calls back', async () => {
  const server = makeServer();
  const client = new Client(server).open();
  for (const channel of ['a', 'b', 'c']) {
    client.say({ event: '#subscribe', data: channel });
  }
  const called = vi.fn();
  client.socket.kickOut(['a', 'b'], 'out', called);
  expect(client.socket.subscriptions()).toEqual(['c']);
  expect(client.hear()).toEqual([
    { event: '#kickOut', data: { channel: 'a', message: 'out' } },
    { event: '#kickOut', data: { channel: 'b', message: 'out' } },
  ]);
  await vi.waitFor(() => expect(called).toHaveBeenCalledExactlyOnceWith(null, undefined));
});
