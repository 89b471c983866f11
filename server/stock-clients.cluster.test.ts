/** The published `socketcluster-client`, versions 14 and 20, against a real cluster of 2 workers and 2 brokers. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { SocketCluster } from './index.ts';
import { PATIENCE } from './testing.ts';

const CONTROLLER = `
export function run(worker) {
  let pings = 0;
  worker.getSCServer().on('connection', (socket) => {
    socket.on('ping', () => { pings += 1; socket.emit('pong', { count: pings }); });
    socket.on('add', ({ a, b }, respond) => respond(null, a + b));
    socket.on('fail', (data, respond) => respond(new Error('no such thing')));
    socket.on('whoami', (data, respond) => respond(null, worker.id));
    socket.on('login', (data, respond) => { socket.setAuthToken({ username: data }); respond(); });
    socket.on('kick', (channel, respond) => { socket.kickOut(channel, 'out'); respond(); });
    socket.on('ask', async (data, respond) => respond(null, await socket.invoke('question', 6)));
    socket.on('leave', (code) => socket.disconnect(code, 'bye'));
  });
}`;

/** The part of client 14 that is used here. */
interface Client14 {
  on(event: string, listener: (...details: unknown[]) => void): void;
  emit(event: string, data: unknown, answered?: (error: unknown, data: unknown) => void): void;
  subscribe(channel: string): {
    watch(listener: (data: unknown) => void): void;
    on(event: string, listener: () => void): void;
  };
  publish(channel: string, data: unknown, answered: (error: unknown) => void): void;
  getAuthToken(): unknown;
  destroy(): void;
}

interface Stream<Value> {
  once(withinMs?: number): Promise<Value>;
}

/** The part of client 20 that is used here. */
interface Client20 {
  listener(event: string): Stream<{ code?: number; reason?: string; message?: string; channel?: string }>;
  receiver(event: string): Stream<unknown>;
  procedure(event: string): Stream<{ data: unknown; end(data: unknown): void }>;
  transmit(event: string, data: unknown): Promise<void>;
  invoke(event: string, data?: unknown): Promise<unknown>;
  invokePublish(channel: string, data: unknown): Promise<void>;
  subscribe(channel: string): Stream<unknown> & { listener(event: string): Stream<unknown> };
  authToken: { username?: string } | null;
  disconnect(): void;
}

const require = createRequire(import.meta.url);
const v14 = require('socketcluster-client-v14') as { create(options: object): Client14 };
const v20 = require('socketcluster-client-v20') as { create(options: object): Client20 };

/** Pings that lie further apart, first to last, than the cluster's ping time-out. */
const PINGS_PAST_TIMEOUT = 7;

let folder: string;
let cluster: SocketCluster;
const open: { close(): void }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stock-clients-'));
  const workerController = join(folder, 'worker.mjs');
  await writeFile(workerController, CONTROLLER);
  cluster = new SocketCluster({
    port: 0,
    workers: 2,
    brokers: 2,
    workerController,
    pingInterval: 1_000,
    pingTimeout: 5_000,
  });
  await cluster.start();
});

afterEach(() => {
  for (const client of open.splice(0)) {
    client.close();
  }
});

afterAll(async () => {
  await cluster.stop();
  await rm(folder, { recursive: true });
});

async function connect14(): Promise<Client14> {
  const client = v14.create({ hostname: '127.0.0.1', port: cluster.port, multiplex: false });
  open.push({ close: () => client.destroy() });
  client.on('error', () => undefined);
  await new Promise<void>((resolve) => client.on('connect', () => resolve()));
  return client;
}

const call14 = (client: Client14, event: string, data?: unknown): Promise<unknown> =>
  new Promise((resolve, reject) =>
    client.emit(event, data, (error, result) => (error ? reject(error as Error) : resolve(result))),
  );

async function connect20(): Promise<Client20> {
  const client = v20.create({ hostname: '127.0.0.1', port: cluster.port });
  open.push({ close: () => client.disconnect() });
  await client.listener('connect').once(5_000);
  return client;
}

test('client 14 connects, calls, hears errors and answers calls of the server', async () => {
  const client = await connect14();
  expect(await call14(client, 'add', { a: 2, b: 3 })).toBe(5);
  await expect(call14(client, 'fail')).rejects.toMatchObject({ message: 'no such thing' });
  client.on('question', (data, respond) =>
    (respond as (error: null, data: number) => void)(null, Number(data) * 7),
  );
  expect(await call14(client, 'ask')).toBe(42);
});

test('client 20 connects, invokes, hears errors and answers calls of the server', async () => {
  const client = await connect20();
  expect(await client.invoke('add', { a: 2, b: 3 })).toBe(5);
  await expect(client.invoke('fail')).rejects.toMatchObject({ message: 'no such thing' });
  const question = client.procedure('question').once(5_000);
  const answer = client.invoke('ask');
  (await question).end(42);
  expect(await answer).toBe(42);
});

test('ping is answered by pong with the number of pings its worker has seen', async () => {
  const old = await connect14();
  const pong14 = new Promise((resolve) => old.on('pong', resolve));
  old.emit('ping', { message: 'hello' });
  expect(await pong14).toEqual({ count: expect.any(Number) });
  const young = await connect20();
  const pong20 = young.receiver('pong').once(5_000);
  await young.transmit('ping', { message: 'hello' });
  expect(await pong20).toEqual({ count: expect.any(Number) });
});

test('clients of both kinds on both workers hear each other on a channel', async () => {
  const old = await Promise.all([connect14(), connect14()]);
  const young = await Promise.all([connect20(), connect20()]);
  const workers = await Promise.all([
    ...old.map((each) => call14(each, 'whoami')),
    ...young.map((each) => each.invoke('whoami')),
  ]);
  expect(new Set(workers)).toEqual(new Set([0, 1]));

  const heard: Promise<unknown>[] = [];
  for (const client of old) {
    const channel = client.subscribe('room');
    heard.push(new Promise((resolve) => channel.watch(resolve)));
    await new Promise<void>((resolve) => channel.on('subscribe', resolve));
  }
  for (const client of young) {
    const channel = client.subscribe('room');
    await channel.listener('subscribe').once(5_000);
    heard.push(channel.once(5_000));
  }
  await young[0]?.invokePublish('room', { from: 'v20', text: 'ü€😀' });
  expect(await Promise.all(heard)).toEqual(Array(4).fill({ from: 'v20', text: 'ü€😀' }));

  const again = young.map((client) => client.subscribe('room').once(5_000));
  await new Promise<void>((resolve, reject) =>
    old[0]?.publish('room', 'from v14', (error) => (error ? reject(error as Error) : resolve())),
  );
  expect(await Promise.all(again)).toEqual(['from v14', 'from v14']);
});

test('a token set by the server is kept by both clients', async () => {
  const old = await connect14();
  await call14(old, 'login', 'bob');
  await vi.waitFor(() => expect(old.getAuthToken()).toMatchObject({ username: 'bob' }), PATIENCE);
  const young = await connect20();
  await young.invoke('login', 'eve');
  await vi.waitFor(() => expect(young.authToken).toMatchObject({ username: 'eve' }), PATIENCE);
});

test('kickOut is heard by both clients', async () => {
  const old = await connect14();
  const kicked14 = new Promise((resolve) =>
    old.on('kickOut', (message, channel) => resolve([message, channel])),
  );
  const channel14 = old.subscribe('private');
  await new Promise<void>((resolve) => channel14.on('subscribe', resolve));
  await call14(old, 'kick', 'private');
  expect(await kicked14).toEqual(['out', 'private']);

  const young = await connect20();
  const kicked20 = young.listener('kickOut').once(5_000);
  await young.subscribe('private').listener('subscribe').once(5_000);
  await young.invoke('kick', 'private');
  expect(await kicked20).toMatchObject({ channel: 'private', message: 'out' });
});

test('a code of the server reaches both clients', async () => {
  const old = await connect14();
  const gone14 = new Promise((resolve) => old.on('disconnect', (code, data) => resolve([code, data])));
  old.emit('leave', 4501);
  expect(await gone14).toEqual([4501, 'bye']);
  const young = await connect20();
  const gone20 = young.listener('disconnect').once(5_000);
  await young.transmit('leave', 4501);
  expect(await gone20).toMatchObject({ code: 4501, reason: 'bye' });
});

test('clients of both kinds answer pings and outlive the ping time-out', async () => {
  const old = await connect14();
  const young = await connect20();
  const gone = vi.fn();
  old.on('disconnect', gone);
  void young.listener('disconnect').once().then(gone);
  const pings = { old: 0, young: 0 };
  old.on('message', (message) => {
    pings.old += message === '#1' ? 1 : 0;
  });
  const messages = young.listener('message');
  while (Math.min(pings.old, pings.young) < PINGS_PAST_TIMEOUT) {
    pings.young += (await messages.once(10_000)).message === '' ? 1 : 0;
  }
  expect(gone).not.toHaveBeenCalled();
  expect(await call14(old, 'add', { a: 1, b: 1 })).toBe(2);
  expect(await young.invoke('add', { a: 1, b: 1 })).toBe(2);
});
