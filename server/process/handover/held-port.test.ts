import { EventEmitter, once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type Handle, onHandle, postHandle } from './handle.ts';
import { borrowPort, holdPort, lendPort } from './held-port.ts';

/** Two ends of a channel in one process, which hands over the very handle. */
function makeChannel() {
  const parent = Object.assign(new EventEmitter(), { connected: true, send });
  const child = Object.assign(new EventEmitter(), {
    connected: true,
    send: (message: object) => parent.emit('message', message),
  });
  function send(message: object, handle: unknown): boolean {
    return child.emit('message', message, handle);
  }
  return { parent, child };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('holdPort() binds a port that a server then listens on', async () => {
  const port = await freePort();
  const held = await holdPort(port, 'localhost');
  const server = createServer((socket) => socket.end('hello')).listen(held);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const client = connect(port, 'localhost');
  expect(String((await once(client, 'data'))[0])).toBe('hello');
});

test('holdPort() binds all addresses when none is named', async () => {
  const port = await freePort();
  const server = createServer((socket) => socket.end('hello')).listen(await holdPort(port));
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  expect(String((await once(connect(port, '127.0.0.1'), 'data'))[0])).toBe('hello');
});

test('holdPort() says that an address is not one of this host', async () => {
  await expect(holdPort(1_234, '203.0.113.7')).rejects.toThrow('Cannot hold port 1234: error');
});

test('borrowPort() gets what lendPort() lends, as often as it asks', async () => {
  const { parent, child } = makeChannel();
  const held = { close: vi.fn() } as Handle;
  const stray = vi.fn();
  onHandle(child, 'connection', stray);
  lendPort(parent, held);
  expect(await borrowPort(child)).toBe(held);
  expect(await borrowPort(child)).toBe(held);
  postHandle(parent, { type: 'other' }, held, () => undefined);
  expect(stray).not.toHaveBeenCalled();
  expect(child.listenerCount('message')).toBe(1);
});
