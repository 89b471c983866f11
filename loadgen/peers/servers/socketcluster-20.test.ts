import { EventEmitter, on } from 'node:events';
import { expect, test, vi } from 'vitest';
import { createSocketCluster20 } from './socketcluster-20.ts';

/** What is used of the library, with events in place of its streams. */
class FakeSocket {
  readonly authToken: object | null;
  readonly pings = new EventEmitter();
  readonly transmit = vi.fn(() => Promise.resolve());

  constructor(authToken: object | null) {
    this.authToken = authToken;
  }

  receiver(): AsyncIterable<unknown> {
    return on(this.pings, 'ping');
  }
}

test('createSocketCluster20() attaches with the secret, counts, and echoes when told to', async () => {
  const connections = new EventEmitter();
  const clients: Record<string, FakeSocket> = {};
  const attach = vi.fn(() => ({
    clients,
    async *listener() {
      for await (const [socket] of on(connections, 'connection')) yield { socket };
    },
  }));
  const load = Object.assign(() => ({ attach }), {}) as unknown as NodeJS.Require;
  const { httpServer, count, echo } = createSocketCluster20(load, 'secret');
  expect(attach).toHaveBeenCalledWith(httpServer, { authKey: 'secret' });
  await vi.waitFor(() => expect(connections.listenerCount('connection')).toBe(1));

  clients['idle'] = new FakeSocket(null);
  connections.emit('connection', clients['idle']);
  await vi.waitFor(() => expect(count()).toEqual({ sockets: 1, authenticated: 0 }));
  await new Promise(setImmediate);
  echo();
  const busy = new FakeSocket({ username: 'user' });
  clients['busy'] = busy;
  connections.emit('connection', busy);
  await vi.waitFor(() => expect(busy.pings.listenerCount('ping')).toBe(1));
  busy.pings.emit('ping');
  await vi.waitFor(() => expect(busy.transmit).toHaveBeenCalledWith('pong', { count: 1 }));
  expect(clients['idle'].pings.listenerCount('ping')).toBe(0);
  expect(count()).toEqual({ sockets: 2, authenticated: 1 });
});
