import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { createSocketIo } from './socket-io.ts';

/** As much of the library as the adapter touches; events of clients come by `receive`. */
class FakeSocket {
  readonly sent: unknown[][] = [];
  readonly rooms: string[] = [];
  readonly #events = new EventEmitter();

  on(event: string, listener: (...data: unknown[]) => void): void {
    this.#events.on(event, listener);
  }

  emit(...event: unknown[]): void {
    this.sent.push(event);
  }

  join(room: string): void {
    this.rooms.push(room);
  }

  receive(event: string, ...data: unknown[]): boolean {
    return this.#events.emit(event, ...data);
  }
}

class FakeServer extends EventEmitter {
  static made: unknown[] = [];
  readonly engine = Object.assign(new EventEmitter(), { clientsCount: 0 });
  readonly sentTo: unknown[][] = [];

  constructor(...given: unknown[]) {
    super();
    FakeServer.made = [this, ...given];
  }

  to(room: string) {
    return { emit: (...event: unknown[]) => this.sentTo.push([room, ...event]) };
  }
}

function scene() {
  const load = (() => ({ Server: FakeServer })) as unknown as NodeJS.Require;
  const controlled = createSocketIo(load);
  const [server, httpServer, options] = FakeServer.made as [FakeServer, unknown, object];
  const connect = (): FakeSocket => {
    const socket = new FakeSocket();
    server.engine.clientsCount += 1;
    server.emit('connection', socket);
    return socket;
  };
  return { ...controlled, server, given: { httpServer, options }, connect };
}

test('createSocketIo() speaks WebSocket alone, without compression, and lets go of the first request', () => {
  const { server, given, httpServer } = scene();
  expect(given.httpServer).toBe(httpServer);
  expect(given.options).toMatchObject({ transports: ['websocket'], perMessageDeflate: false });
  const rawSocket = { request: {} };
  server.engine.emit('connection', rawSocket);
  expect(rawSocket.request).toBeNull();
});

test('createSocketIo() counts, and answers pings of sockets that come after "echo"', () => {
  const { count, echo, connect } = scene();
  const idle = connect();
  expect(count()).toEqual({ sockets: 1, authenticated: 0 });
  echo();
  const busy = connect();
  busy.receive('ping');
  busy.receive('ping');
  expect(idle.receive('ping')).toBe(false);
  expect(busy.sent).toEqual([
    ['pong', { count: 1 }],
    ['pong', { count: 2 }],
  ]);
});

test('createSocketIo() makes a room of a channel, and sends publications on to it', () => {
  const { channels, connect, server } = scene();
  channels();
  const socket = connect();
  let acknowledged = 0;
  socket.receive('subscribe', 'bench/0', () => {
    acknowledged += 1;
  });
  expect([socket.rooms, acknowledged]).toEqual([['bench/0'], 1]);
  socket.receive('publish', 'bench/0', { n: 1 });
  expect(server.sentTo).toEqual([['bench/0', 'publish', 'bench/0', { n: 1 }]]);
  expect(socket.receive('ping')).toBe(false);
});
