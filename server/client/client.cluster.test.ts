/** The SDK against a real cluster of 2 workers and 2 brokers. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { SocketCluster } from '../index.ts';
import { PATIENCE } from '../testing.ts';
import { type Client, type ClientOptions, create } from './index.ts';

const CONTROLLER = `
export function run(worker) {
  worker.getSCServer().on('connection', (socket) => {
    socket.on('ping', (data) => socket.emit('pong', data));
    socket.on('add', ({ a, b }, respond) => respond(null, a + b));
    socket.on('fail', (data, respond) => respond(new TypeError('no such thing')));
    socket.on('whoami', (data, respond) => respond(null, { worker: worker.id, pid: process.pid }));
    socket.on('login', (data, respond) => { socket.setAuthToken({ username: data }); respond(); });
    socket.on('user', (data, respond) => respond(null, socket.authToken));
    socket.on('kick', (channel, respond) => { socket.kickOut(channel, 'out'); respond(); });
    socket.on('ask', async (data, respond) => respond(null, await socket.invoke('question', 6)));
    socket.on('leave', ({ code, data }) => socket.disconnect(code, data));
  });
}`;

type Bench = {
  events: { ping: string; pong: string; leave: { code: number; data?: unknown } };
  procedures: {
    add(numbers: { a: number; b: number }): number;
    fail(): void;
    whoami(): { worker: number; pid: number };
    login(name: string): void;
    user(): { username: string } | null;
    kick(channel: string): void;
    ask(): number;
    question(number: number): number;
  };
  channels: { [room: `room/${string}`]: { from: string } };
};

let folder: string;
let cluster: SocketCluster;
const open: Client<Bench>[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'client-test-'));
  const workerController = join(folder, 'worker.mjs');
  await writeFile(workerController, CONTROLLER);
  cluster = new SocketCluster({ port: 0, workers: 2, brokers: 2, workerController });
  await cluster.start();
});

afterEach(() => {
  for (const client of open.splice(0)) {
    client.destroy();
  }
});

afterAll(async () => {
  await cluster.stop();
  await rm(folder, { recursive: true });
});

/** A client that is connected, coming back quickly where it loses its connection. */
async function connect(options: ClientOptions = {}): Promise<Client<Bench>> {
  const client = create<Bench>({
    hostname: '127.0.0.1',
    port: Number(cluster.port),
    webSocket: WebSocket,
    multiplex: false,
    autoReconnectOptions: { initialDelay: 20, randomness: 20, maxDelay: 200 },
    ...options,
  });
  open.push(client);
  client.on('error', () => undefined);
  await new Promise<void>((resolve) => client.once('connect', () => resolve()));
  return client;
}

/** One client on each worker, in the order of the workers. */
async function connectToEach(): Promise<[Client<Bench>, Client<Bench>]> {
  const found = new Map<number, Client<Bench>>();
  while (found.size < 2) {
    const client = await connect();
    found.set((await client.invoke('whoami')).worker, client);
  }
  return [found.get(0)!, found.get(1)!];
}

const subscribed = (client: Client<Bench>, name: `room/${string}`): Promise<void> =>
  new Promise((resolve) => {
    client.subscribe(name).once('subscribe', () => resolve());
  });

test('Client connects and emits, calls and hears errors in both styles', async () => {
  const client = await connect();
  expect(client).toMatchObject({ state: 'open', id: expect.any(String), authState: 'unauthenticated' });
  const pong = new Promise((resolve) => client.on('pong', resolve));
  client.emit('ping', 'ü€😀');
  expect(await pong).toBe('ü€😀');
  expect(await client.invoke('add', { a: 2, b: 3 })).toBe(5);
  const answer = new Promise((resolve) =>
    client.emit('add', { a: 2, b: 2 }, (error, sum) => resolve({ error, sum })),
  );
  expect(await answer).toEqual({ error: null, sum: 4 });
  await expect(client.invoke('fail')).rejects.toMatchObject({ message: 'no such thing', name: 'TypeError' });
});

test('Client answers calls of the server', async () => {
  const client = await connect();
  client.on('question', (number, respond) => respond(null, number * 7));
  expect(await client.invoke('ask')).toBe(42);
});

test('Client fails a call that nobody answers with TimeoutError', async () => {
  const client = await connect({ ackTimeout: 500 });
  await expect(client.invoke('question', 1)).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('clients on both workers hear each other on a channel, by watcher and by loop', async () => {
  const [first, second] = await connectToEach();
  await subscribed(first, 'room/1');
  await subscribed(second, 'room/1');
  const watched = new Promise((resolve) => first.watch('room/1', resolve));
  const looped = second.channel('room/1').stream();
  await second.publish('room/1', { from: 'second' });
  expect(await watched).toEqual({ from: 'second' });
  expect(await looped.next()).toEqual({ done: false, value: { from: 'second' } });
  first.transmitPublish('room/1', { from: 'first' });
  expect(await looped.next()).toEqual({ done: false, value: { from: 'first' } });
  second.unsubscribe('room/1');
  expect(await looped.next()).toEqual({ done: true, value: undefined });
});

test('Client keeps its token across reconnects and gives it back', async () => {
  const client = await connect();
  await client.invoke('login', 'bob');
  expect(client.authToken).toMatchObject({ username: 'bob' });
  const again = new Promise<{ isAuthenticated: boolean }>((resolve) => client.once('connect', resolve));
  client.reconnect();
  expect(await again).toMatchObject({ isAuthenticated: true });
  expect(await client.invoke('user')).toMatchObject({ username: 'bob' });
  await client.deauthenticate();
  expect(await client.invoke('user')).toBeNull();
});

test('Client offers a token of another client and throws away one that is bad', async () => {
  const client = await connect();
  await client.invoke('login', 'eve');
  const other = await connect();
  const status = await other.authenticate(client.signedAuthToken ?? '');
  expect(status).toEqual({ isAuthenticated: true, authError: null });
  expect(await other.invoke('user')).toMatchObject({ username: 'eve' });
  await expect(other.authenticate('no.token.atall')).rejects.toMatchObject({ name: 'AuthTokenInvalidError' });
  expect(other.authState).toBe('unauthenticated');
});

test('Client is told of a stored token that the server does not take', async () => {
  const authEngine = { saveToken: vi.fn(), removeToken: vi.fn(), loadToken: () => 'no.token.atall' };
  const client = await connect({ authEngine, autoConnect: true });
  expect(client.authState).toBe('unauthenticated');
  await vi.waitFor(
    () => expect(authEngine.removeToken).toHaveBeenCalledWith('socketCluster.authToken'),
    PATIENCE,
  );
});

test('Client loses a channel it is kicked out of and does not ask for it again', async () => {
  const client = await connect();
  await subscribed(client, 'room/private');
  const kicked = new Promise((resolve) =>
    client.once('kickOut', (message, channel) => resolve([message, channel])),
  );
  await client.invoke('kick', 'room/private');
  expect(await kicked).toEqual(['out', 'room/private']);
  expect(client.channel('room/private').state).toBe('unsubscribed');
  const again = new Promise((resolve) => client.once('connect', resolve));
  client.reconnect();
  await again;
  expect(client.subscriptions(true)).toEqual([]);
});

test('Client hears code and data of the server and stays away from 4500 on', async () => {
  const client = await connect();
  const gone = new Promise((resolve) => client.once('disconnect', (code, data) => resolve([code, data])));
  client.emit('leave', { code: 4501, data: { why: 'bye' } });
  expect(await gone).toEqual([4501, { why: 'bye' }]);
  expect(client.state).toBe('closed');

  const again = new Promise((resolve) => client.once('connect', resolve));
  expect(await client.invoke('add', { a: 1, b: 1 })).toBe(2);
  await again;
  const back = new Promise((resolve) => client.once('connect', resolve));
  client.emit('leave', { code: 4100 });
  await back;
  expect(client.state).toBe('open');
});

test('Client comes back and subscribes again after its worker was killed', async () => {
  const [first, second] = await connectToEach();
  await subscribed(first, 'room/safe');
  const { pid } = await first.invoke('whoami');
  const lost = new Promise((resolve) => first.channel('room/safe').once('dropOut', resolve));
  const back = new Promise((resolve) => first.channel('room/safe').once('subscribe', resolve));
  const stream = first.channel('room/safe').stream();
  process.kill(pid, 'SIGKILL');
  expect(await lost).toBe('room/safe');
  expect(await back).toBe('room/safe');
  expect((await first.invoke('whoami')).pid).not.toBe(pid);
  await second.publish('room/safe', { from: 'second' });
  expect((await stream.next()).value).toEqual({ from: 'second' });
});

test('Client calls every callback back', async () => {
  const client = await connect();
  const told = (work: (callback: (error: unknown) => void) => unknown): Promise<unknown> =>
    new Promise((resolve) => void work(resolve));
  expect(await told((callback) => client.subscribe(['room/1', 'room/2'], callback))).toBeNull();
  expect(client.subscriptions()).toEqual(['room/1', 'room/2']);
  const heard = new Promise((resolve) => client.on('room/1', resolve));
  expect(await told((callback) => client.publish('room/1', { from: 'me' }, callback))).toBeNull();
  expect(await heard).toEqual({ from: 'me' });
  expect(await told((callback) => client.unsubscribe(['room/1', 'room/2'], callback))).toBeNull();
  await client.invoke('login', 'bob');
  const { signedAuthToken } = client;
  expect(await told((callback) => client.deauthenticate(callback))).toBeNull();
  expect(await told((callback) => client.authenticate(String(signedAuthToken), callback))).toBeNull();
  const refused = { name: 'AuthTokenInvalidError' };
  expect(await told((callback) => client.authenticate('no.token.atall', callback))).toMatchObject(refused);
});

test('Client says which ending cut a call off', async () => {
  const client = await connect();
  await expect(client.invoke('login', 'x'.repeat(300_000))).rejects.toMatchObject({
    name: 'BadConnectionError',
    code: 1009,
    message: expect.stringContaining('larger than maxPayload'),
  });
});

test('Client sends a batch that the server takes apart', async () => {
  const client = await connect();
  client.startBatch();
  const sums = [1, 2, 3].map((a) => client.invoke('add', { a, b: 0 }));
  client.flushBatch();
  expect(await Promise.all(sums)).toEqual([1, 2, 3]);
});

test('create() lets clients of equal options share one connection', async () => {
  let made = 0;
  class CountedWebSocket extends WebSocket {
    constructor(...details: ConstructorParameters<typeof WebSocket>) {
      super(...details);
      made += 1;
    }
  }
  const options = { hostname: '127.0.0.1', port: Number(cluster.port), webSocket: CountedWebSocket };
  const clients = [create<Bench>(options), create<Bench>({ ...options })];
  open.push(...clients);
  expect(await Promise.all(clients.map((client) => client.invoke('add', { a: 1, b: 2 })))).toEqual([3, 3]);
  expect(made).toBe(1);
});
