import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createCounters } from '../observe/index.ts';
import type { Message } from '../process/index.ts';
import { PATIENCE, testOptions } from '../testing.ts';
import { Chooser } from './choose.ts';
import { Middleware } from './middleware/index.ts';
import { type Counter, Reception } from './reception.ts';
import { type Refusal, refusals } from './refuse.ts';

const UPGRADE =
  'GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n\r\n';
const PLAIN = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n';

let chooser: Chooser;
let middleware: Middleware;
let counters: Record<Counter, number>;
let reception: Reception;
let server: Server;
const handOver = vi.fn<(message: Message, connection: unknown, settled: () => void) => void>();

beforeEach(async () => {
  handOver.mockReset();
  chooser = new Chooser(() => 0);
  chooser.update([{ id: 0, connections: 0, isFull: false }], 1, 1);
  middleware = new Middleware(10_000, () => undefined);
  const names = Object.keys(refusals) as Refusal[];
  counters = createCounters(...names, 'goneAway', 'overLimit', 'tlsFailed', 'workerGone');
  const tell = vi.fn();
  const options = testOptions({ balancers: 1 });
  reception = new Reception({
    options,
    workerPaths: [],
    chooser,
    middleware,
    counters,
    master: { tell, handOver },
  });
  server = createServer((socket) => reception.serve(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.close();
});

async function send(text: string): Promise<Socket> {
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  await once(client, 'connect');
  client.write(text);
  return client;
}

async function answerTo(text: string): Promise<string> {
  let answer = '';
  for await (const chunk of await send(text)) {
    answer += String(chunk);
  }
  return answer;
}

async function handedOver(text: string): Promise<Message> {
  handOver.mockClear();
  const client = await send(text);
  await vi.waitFor(() => expect(handOver).toHaveBeenCalled(), PATIENCE);
  const [message, , settled] = handOver.mock.lastCall ?? [];
  settled?.(); // Closes this process's end, which here is the only one.
  await once(client.resume(), 'close');
  return message as Message;
}

test('Reception hands over the very bytes it has read, when no middleware has a say', async () => {
  expect(await handedOver(`${PLAIN}pipelined`)).toEqual({
    type: 'connection',
    worker: 0,
    isUpgrade: false,
    head: `${PLAIN}pipelined`,
  });
  expect(reception.dealt).toBe(1);
});

test('Reception writes the head anew when middleware has a say, also in requests of the other kind', async () => {
  middleware.upgrade.push((_request, _socket, next) => next());
  expect(await handedOver(`${PLAIN}rest`)).toMatchObject({
    head: 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\nrest',
  });
  expect(await handedOver(`${UPGRADE}rest`)).toMatchObject({
    isUpgrade: true,
    head: 'GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nrest',
  });
});

test('Reception obeys what middleware says and counts it', async () => {
  middleware.request.push((request, response, next) => {
    if (request.url === '/own') {
      response.end('own');
    } else {
      next('no entry');
    }
  });
  middleware.upgrade.push(() => {
    throw new Error('broken');
  });
  expect(await answerTo(PLAIN)).toMatch(/^HTTP\/1\.1 403 [\s\S]*no entry\n$/);
  expect(await answerTo(PLAIN.replace(' / ', ' /own '))).toMatch(/^HTTP\/1\.1 200 [\s\S]*own/);
  expect(await answerTo(UPGRADE)).toMatch(/^HTTP\/1\.1 500 /);
  expect(counters).toMatchObject({ blocked: 1, middlewareFailed: 1 });
  expect(handOver).not.toHaveBeenCalled();
});

test('Reception answers 503 when no worker can take a client, and 400 what it cannot understand', async () => {
  chooser.update([], 1, 1);
  expect(await answerTo(PLAIN)).toMatch(/^HTTP\/1\.1 503 /);
  expect(await answerTo('GET / HTTP/3.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  expect(counters).toMatchObject({ noWorker: 1, notHttp: 1 });
  expect(reception.dealt).toBe(0);
});

test('Reception lets go of a client that leaves before its head is whole', async () => {
  const ended = once(server, 'connection').then(([socket]: Socket[]) => once(socket as Socket, 'close'));
  (await send('GET /')).destroy();
  await ended;
  expect(counters.goneAway).toBe(1);
});
