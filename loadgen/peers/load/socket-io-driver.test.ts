import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { driverOptions, driverTold, FACT, pingPong } from '../../drivers/testing.ts';
import type { PlannedBehaviour } from '../../plan/index.ts';
import { channels } from '../../plan/testing.ts';
import { createSocketIoDriver } from './socket-io-driver.ts';

const opened: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

/** A server that speaks as Socket.IO does: `answer` says what follows a text after the handshake. */
async function scene(behaviour: PlannedBehaviour, answer: (text: string) => string[] = () => []) {
  const server = createServer();
  const heard: string[] = [];
  const sockets: WebSocket[] = [];
  new WebSocketServer({ server }).on('connection', (socket, { url }) => {
    heard.push(String(url));
    sockets.push(socket);
    socket.on('error', () => {});
    socket.on('message', (bytes: Buffer) => {
      const text = bytes.toString();
      heard.push(text);
      if (text === '40') socket.send('40{"sid":"b"}');
      else for (const one of answer(text)) socket.send(one);
    });
    socket.send('0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { events, told, wait } = driverTold();
  const target = { host: 'localhost', port, path: '/socket.io/?EIO=4', secure: false };
  const driver = createSocketIoDriver(driverOptions({ port, behaviour, events, target }));
  opened.push(
    () => new Promise((resolve) => server.close(resolve)),
    () => driver.close(),
  );
  return { driver, heard, sockets, told, wait };
}

test('createSocketIoDriver() is open when it has joined, and pings as often as it is told in one write', async () => {
  const { driver, heard, wait, told } = await scene(pingPong, () => ['42["pong",{"count":1}]']);
  driver.connect(2, undefined);
  await wait('2 opened - 5');
  driver.send(2, 70);
  await vi.waitFor(() => expect(told.filter((text) => text.startsWith('2 answer'))).toHaveLength(70), FACT);
  expect(heard.slice(0, 3)).toEqual(['/socket.io/?EIO=4', '40', '42["ping",{"message":"hello"}]']);
});

test('createSocketIoDriver() subscribes by a call, publishes, and tells of deliveries', async () => {
  const { driver, heard, told, wait } = await scene(channels({ payloadBytes: 3 }), (text) =>
    text.startsWith('425["subscribe"') ? ['435[]'] : ['42["publish","bench/5",{"n":8}]'],
  );
  driver.connect(0, undefined);
  await wait('0 opened - 5');
  driver.subscribe(0, [5]);
  await wait('0 subscribed 5');
  driver.publish(0, { channel: 5, publisher: 0, sequence: 8, intended: 1_000 });
  await vi.waitFor(() => expect(told.at(-1)).toMatch(/^0 push /), FACT);
  expect(heard.slice(2)).toEqual([
    '425["subscribe","bench/5"]',
    '42["publish","bench/5",{"r":"peers0","p":0,"n":8,"t":1000000000,"f":"fff"}]',
  ]);
});

test('createSocketIoDriver() answers heartbeats, before it has joined as well', async () => {
  const { driver, heard, sockets, wait } = await scene(pingPong);
  driver.connect(0, undefined);
  await wait('0 opened - 5');
  sockets[0]?.send('2');
  await vi.waitFor(() => expect(heard.at(-1)).toBe('3'), FACT);
});

test('createSocketIoDriver() tells why a user was turned away or lost', async () => {
  const { driver, sockets, told, wait } = await scene(pingPong);
  driver.connect(0, undefined);
  await wait('0 opened - 5');
  sockets[0]?.send('41');
  await wait('0 closed refused');
  driver.connect(1, undefined);
  await wait('1 opened - 5');
  driver.setReading(1, false);
  driver.setReading(1, true);
  sockets[1]?.close(4_100);
  await wait('1 closed close-4100');
  driver.connect(3, undefined);
  driver.abandon(3, 'late');
  expect(told.at(-1)).toBe('3 refused late');
});

test('createSocketIoDriver() refuses what the measured application does not know', async () => {
  const { driver } = await scene(pingPong);
  expect(() => driver.call(0, 1)).toThrow('Cannot call as user 0');
  expect(() => driver.emit(0, 'any', null, undefined)).toThrow('Cannot emit as user 0');
});
