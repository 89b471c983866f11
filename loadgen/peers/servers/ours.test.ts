import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { controlOurs, createOurs } from './ours.ts';

/** Notes what it is asked to send; only that, so that `pong` is no event of its own. */
class FakeSocket {
  readonly sent: unknown[] = [];
  readonly #events = new EventEmitter();
  authToken: object | null;

  constructor(authToken: object | null) {
    this.authToken = authToken;
  }

  on(event: string, listener: () => void): void {
    this.#events.on(event, listener);
  }

  emit(event: string, data: object): void {
    this.sent.push([event, data]);
  }

  receive(event: string): void {
    this.#events.emit(event);
  }
}

test('controlOurs() counts sockets and lets those that come after "echo" answer pings', () => {
  const clients = new Map<string, FakeSocket>();
  const server = Object.assign(new EventEmitter(), { clients });
  const { count, echo } = controlOurs(createServer(), server);
  const connect = (id: string, authToken: object | null): FakeSocket => {
    const socket = new FakeSocket(authToken);
    clients.set(id, socket);
    server.emit('connection', socket);
    socket.receive('ping');
    return socket;
  };

  const idle = connect('idle', null);
  expect(count()).toEqual({ sockets: 1, authenticated: 0 });
  echo();
  const busy = connect('busy', { username: 'user' });
  busy.receive('ping');
  idle.receive('ping');
  expect(idle.sent).toEqual([]);
  expect(busy.sent).toEqual([
    ['pong', { count: 1 }],
    ['pong', { count: 2 }],
  ]);
  expect(count()).toEqual({ sockets: 2, authenticated: 1 });
});

test('createOurs() attaches with the secret to the HTTP server it gives', () => {
  const attached: unknown[] = [];
  const attach = (...given: unknown[]): object => {
    attached.push(...given);
    return Object.assign(new EventEmitter(), { clients: new Map() });
  };
  const load = Object.assign(() => ({ attach }), {}) as unknown as NodeJS.Require;
  const { httpServer, count } = createOurs(load, 'secret');
  expect(attached).toEqual([httpServer, { authKey: 'secret' }]);
  expect(count()).toEqual({ sockets: 0, authenticated: 0 });
});
