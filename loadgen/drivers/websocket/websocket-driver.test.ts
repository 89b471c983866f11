import { createServer as createPlain, type Server } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { PlannedBehaviour } from '../../plan/index.ts';
import { gapOf } from '../../plan/testing.ts';
import type { Driver, DriverOptions } from '../driver.ts';
import { driverOptions, driverTold, FACT } from '../testing.ts';
import { certificate } from '../wire/testing.ts';
import { createWebSocketDriver } from './websocket-driver.ts';

const messages = (message: string, correlate = ''): PlannedBehaviour => ({
  kind: 'messages',
  message,
  correlate,
  every: gapOf(),
  model: 'open',
});

const opened: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

interface Scene {
  driver: Driver;
  heard: string[];
  peers: WebSocket[];
  told: string[];
  wait(text: string): Promise<void>;
}

interface SceneOptions {
  isSecure?: boolean;
  insecure?: boolean;
  answer?: (text: string) => string[];
}

/** A user of a server that is `ws` alone; what it says is answered by `answer`, an echo by default. */
async function scene(
  behaviour: PlannedBehaviour,
  {
    isSecure = false,
    insecure = false,
    answer = (text: string) => [text],
    ...changes
  }: Partial<DriverOptions> & SceneOptions = {},
): Promise<Scene> {
  const server: Server = isSecure ? createSecure(certificate) : createPlain();
  const [heard, peers]: [string[], WebSocket[]] = [[], []];
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, { headers, url }) => {
    heard.push(`${url} ${headers['sec-websocket-protocol'] ?? ''}`.trim());
    peers.push(socket);
    socket.on('error', () => {});
    socket.on('message', (bytes: Buffer) => {
      heard.push(bytes.toString());
      for (const text of answer(bytes.toString())) socket.send(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { events, told, wait } = driverTold();
  const target = { host: 'localhost', port, path: '/any?key=1', secure: isSecure, insecure };
  const driver = createWebSocketDriver(driverOptions({ port, behaviour, events, target, ...changes }));
  opened.push(
    () => new Promise((resolve) => server.close(resolve)),
    () => driver.close(),
  );
  return { driver, heard, peers, told, wait };
}

test('driver is open after the upgrade, and every message is the answer to the oldest one', async () => {
  const { driver, heard, told, wait } = await scene(messages('hello'), {
    connect: { headers: { 'Sec-WebSocket-Protocol': 'chat' }, query: { q: 'x' } },
  });
  driver.connect(2, '127.0.0.9');
  await wait('2 opened - 5');
  driver.send(2, 3);
  await vi.waitFor(() => expect(told).toHaveLength(4), FACT);
  expect(told.slice(1)).toEqual(Array(3).fill('2 answer NaN 5'));
  expect(heard).toEqual(['/any?key=1&q=x chat', 'hello', 'hello', 'hello']);
});

test('driver fills blanks and finds the answer to each message by its field', async () => {
  const { driver, heard, told, wait } = await scene(messages('{"a":{"id":{{id}}},"u":{{user}}}', 'a.id'), {
    numbers: [70],
    answer: (text) => ['{"news":1}', text],
  });
  driver.connect(0, undefined);
  await wait('0 opened - 5');
  for (const call of [9, 10]) driver.call(0, call);
  await wait('0 response 10 false undefined');
  expect(told.slice(1)).toEqual(['0 response 9 false undefined', '0 response 10 false undefined']);
  expect(heard.slice(1)).toEqual(['{"a":{"id":9},"u":70}', '{"a":{"id":10},"u":70}']);
});

test('driver counts the messages itself where answers come in order', async () => {
  const { driver, heard, wait } = await scene(messages('{{id}} at {{time}}'));
  driver.connect(0, undefined);
  await wait('0 opened - 5');
  driver.send(0, 2);
  driver.send(0, 1);
  await vi.waitFor(() => expect(heard).toHaveLength(4), FACT);
  expect(heard.slice(1)).toEqual([0, 1, 2].map((id) => `${id} at 1700000005000`));
});

test('driver answers the pings of the server and tells of its end', async () => {
  const { driver, peers, told, wait } = await scene({ kind: 'idle' });
  driver.connect(0, undefined);
  await wait('0 opened - 5');
  const ponged = new Promise((resolve) =>
    peers[0]!.once('pong', (bytes: Buffer) => resolve(bytes.toString())),
  );
  peers[0]!.ping('alive?');
  expect(await ponged).toBe('alive?');
  peers[0]!.send('unasked for');
  peers[0]!.close(4001);
  await wait('0 closed close-4001');
  expect(told).toEqual(['0 opened - 5', '0 closed close-4001']);
});

test('driver speaks TLS, and takes a certificate nobody vouches for when it is told to', async () => {
  const careful = await scene(messages('x'), { isSecure: true });
  careful.driver.connect(0, undefined);
  await careful.wait('0 refused certificate');
  const { driver, wait, told } = await scene(messages('x'), { isSecure: true, insecure: true });
  driver.connect(0, undefined);
  await wait('0 opened - 5');
  driver.send(0, 1);
  await wait('0 answer NaN 5');
  expect(told).toHaveLength(2);
});

test('driver refuses what plain messages cannot say', async () => {
  const { driver } = await scene(messages('x'));
  expect(() => driver.subscribe(3, [1])).toThrow('Cannot subscribe as user 3');
});
