import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { PATIENCE } from '../testing.ts';
import { proxy } from './tls-proxy.ts';

let folder: string;
let path: string;
let worker: Server;
let port: Server;
let unreachable: ReturnType<typeof vi.fn<() => void>>;
let target: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proxy-'));
  path = join(folder, 'w0');
  worker = createServer({ allowHalfOpen: true }).listen(path);
  port = createServer((client) => {
    client.pause();
    client.on('error', () => undefined);
    proxy(client, target, Buffer.from('head '), unreachable);
  }).listen(0, '127.0.0.1');
  await Promise.all([once(worker, 'listening'), once(port, 'listening')]);
});
beforeEach(() => {
  target = path;
  unreachable = vi.fn();
});
afterAll(async () => {
  worker.close();
  port.close();
  await rm(folder, { recursive: true });
});

async function makePair(): Promise<{ client: Socket; atWorker: Socket }> {
  const arrived = once(worker, 'connection') as Promise<[Socket]>;
  const client = connect((port.address() as AddressInfo).port, '127.0.0.1');
  client.on('error', () => undefined);
  const [atWorker] = await arrived;
  atWorker.on('error', () => undefined);
  return { client, atWorker };
}

async function textOf(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) {
    text += String(chunk);
  }
  return text;
}

test('proxy() carries both ways, the head first', async () => {
  const { client, atWorker } = await makePair();
  atWorker.once('data', () => atWorker.end('answer'));
  client.write('question');
  expect(await textOf(client)).toBe('answer');
});

test('proxy() delivers what either end said before it left', async () => {
  const large = 'x'.repeat(3_000_000);
  const fromWorker = await makePair();
  fromWorker.atWorker.end(large);
  expect((await textOf(fromWorker.client)).length).toBe(large.length);
  const fromClient = await makePair();
  const heard = textOf(fromClient.atWorker);
  fromClient.client.end(large);
  expect((await heard).length).toBe(large.length + 'head '.length);
});

test('proxy() reads a worker only as fast as its client reads', async () => {
  const { client, atWorker } = await makePair();
  client.pause();
  const chunk = Buffer.alloc(65_536);
  let written = 0;
  // Until nothing moves for many turns of the loop.
  for (let still = 0; still < 200; still += 1) {
    if (atWorker.writableLength === 0) {
      atWorker.write(chunk);
      written += chunk.length;
      still = 0;
    }
    expect(written).toBeLessThan(100_000_000);
    await new Promise(setImmediate);
  }
  let read = 0;
  client.on('data', (data: Buffer) => {
    read += data.length;
  });
  client.resume();
  atWorker.end();
  await once(client, 'close');
  expect(read).toBe(written);
});

test('proxy() ends one side when the other is cut off', async () => {
  const byClient = await makePair();
  byClient.client.resetAndDestroy();
  byClient.atWorker.resume();
  await once(byClient.atWorker, 'end');
  byClient.atWorker.destroy();
  const byWorker = await makePair();
  byWorker.atWorker.destroy();
  byWorker.client.resume();
  await once(byWorker.client, 'close');
});

test('proxy() leaves the client to the caller when there is no such worker', async () => {
  target = join(folder, 'w9');
  const client = connect((port.address() as AddressInfo).port, '127.0.0.1');
  await vi.waitFor(() => expect(unreachable).toHaveBeenCalledOnce(), PATIENCE);
  expect(client.destroyed).toBe(false);
  client.destroy();
});
