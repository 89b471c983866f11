import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clients, connect, create, destroy, version } from './create.ts';
import { fakeSockets } from './testing.ts';

let sockets: ReturnType<typeof fakeSockets>;

beforeEach(() => {
  sockets = fakeSockets();
});

afterEach(() => {
  for (const client of clients) {
    destroy(client);
  }
});

test('version is that of the package', async () => {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  expect((JSON.parse(text) as { version: string }).version).toBe(version);
});

test('create() connects unless autoConnect is false', () => {
  create({ webSocket: sockets.webSocket, autoConnect: false, port: 1 });
  expect(sockets.made).toHaveLength(0);
  create({ webSocket: sockets.webSocket, port: 2, path: 'chat' });
  expect(sockets.latest().url).toBe('ws://localhost:2/chat/');
});

test('create() returns the same client for equal options, and connects it again', () => {
  const options = { webSocket: sockets.webSocket, port: 1, query: { a: 1 } };
  const client = create(options);
  expect(create({ ...options, query: { a: 1 } })).toBe(client);
  expect(sockets.made).toHaveLength(1);
  expect(create({ ...options, query: { a: 2 } })).not.toBe(client);
  client.disconnect();
  expect(connect(options)).toBe(client);
  expect(client.state).toBe('connecting');
});

test('create() makes a client of its own without multiplex', () => {
  const options = { webSocket: sockets.webSocket, multiplex: false };
  expect(create(options)).not.toBe(create(options));
  expect(create({ webSocket: sockets.webSocket })).not.toBe(
    create({ webSocket: sockets.webSocket, multiplex: false }),
  );
});

test('clients holds each client until it is destroyed', () => {
  const client = create({ webSocket: sockets.webSocket });
  expect([...clients]).toEqual([client]);
  destroy(client);
  expect(clients.size).toBe(0);
  expect(create({ webSocket: sockets.webSocket })).not.toBe(client);
});

test('create() leaves nothing behind when there is no WebSocket or an option is wrong', () => {
  expect(() => create({ hostname: 'localhost' })).toThrow(/"webSocket"/);
  expect(() => create({ hostName: 'localhost' } as object)).toThrow(/did you mean "hostname"/);
  expect(clients.size).toBe(0);
});
