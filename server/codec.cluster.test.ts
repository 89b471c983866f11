/**
 * Clients that speak the minimal binary format against a cluster of 2 workers and 2 brokers: the published clients
 * 14 and 20 with the published `sc-codec-min-bin`, and the SDK with our own. Each server and client reads the other's.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type Client, create } from './client/index.ts';
import { type CodecEngine, minBinCodec, SocketCluster } from './index.ts';
import { entry } from './process/index.ts';
import { PATIENCE } from './testing.ts';

const CONTROLLER = `
import { minBinCodec } from ${JSON.stringify(`file://${entry('server/index.js')}`)};

export function run(worker) {
  worker.setCodecEngine(minBinCodec);
  worker.getSCServer().on('connection', (socket) => {
    socket.on('echo', (data, respond) => respond(null, data));
    socket.on('fail', (data, respond) => respond(Object.assign(new Error('no such thing'), { code: 7 })));
    socket.on('whoami', (data, respond) => respond(null, worker.id));
    socket.on('login', (data, respond) => { socket.setAuthToken({ username: data }); respond(); });
    socket.on('ask', async (data, respond) => respond(null, await socket.invoke('question', 6)));
    socket.on('leave', (code) => socket.disconnect(code, 'bye'));
    socket.on('several', (count) => {
      socket.startBatching();
      for (let n = 0; n < count; n += 1) socket.emit('one', n);
    });
  });
}`;

const PING_TIMEOUT_MS = 5_000;
/** Pings that lie further apart, first to last, than the ping time-out. */
const PINGS_PAST_TIMEOUT = 6;

/** What these tests ask of a client of any kind. */
interface Speaker {
  name: string;
  call(event: string, data?: unknown): Promise<unknown>;
  /** Answers calls of the server. */
  answer(event: string, answer: (data: unknown) => unknown): void;
  /** Resolves when subscribed, with the list that publications are added to. */
  subscribe(channel: string): Promise<unknown[]>;
  publish(channel: string, data: unknown): Promise<unknown>;
  transmit(event: string, data: unknown): void;
  /** Data of each event. */
  hear(event: string): unknown[];
  /** Messages as they came. */
  messages: unknown[];
  /** Codes of its endings. */
  endings: number[];
  end(): void;
}

// Both published clients have no types, and what is used of them here is told by Speaker.
type Stock = Record<string, (...details: never[]) => unknown>;
const require = createRequire(import.meta.url);
const published = require('sc-codec-min-bin') as CodecEngine;

let folder: string;
let cluster: SocketCluster;
const open: Speaker[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'codec-'));
  const workerController = join(folder, 'worker.mjs');
  await writeFile(workerController, CONTROLLER);
  cluster = new SocketCluster({
    port: 0,
    workers: 2,
    brokers: 2,
    workerController,
    pubSubBatchDuration: 50,
    pingInterval: 1_000,
    pingTimeout: PING_TIMEOUT_MS,
  });
  await cluster.start();
});

afterEach(() => {
  for (const speaker of open.splice(0)) {
    speaker.end();
  }
});

afterAll(async () => {
  await cluster.stop();
  await rm(folder, { recursive: true });
});

const address = (): object => ({ hostname: '127.0.0.1', port: cluster.port, multiplex: false });

/** What the SDK and client 14 share: listeners, callbacks, watchers. */
function speakerOf(name: string, client: Client | Stock): Speaker {
  const { on, emit, subscribe, publish, destroy } = client as unknown as {
    on(event: string, listener: (...details: unknown[]) => void): void;
    emit(event: string, data: unknown, answered?: (error: unknown, data: unknown) => void): void;
    subscribe(
      channel: string,
      options: object,
    ): {
      watch(watcher: (data: unknown) => void): void;
      once(event: string, listener: () => void): void;
    };
    publish(channel: string, data: unknown, answered: (error: unknown) => void): Promise<void> | undefined;
    destroy(): void;
  };
  const speaker: Speaker = {
    name,
    messages: [],
    endings: [],
    call: (event, data) =>
      new Promise((resolve, reject) =>
        emit.call(client, event, data, (error, result) => (error ? reject(error as Error) : resolve(result))),
      ),
    answer: (event, answer) =>
      on.call(client, event, (data, respond) =>
        (respond as (e: null, d: unknown) => void)(null, answer(data)),
      ),
    async subscribe(channelName) {
      const heard: unknown[] = [];
      const channel = subscribe.call(client, channelName, { batch: true });
      channel.watch((data) => heard.push(data));
      await new Promise<void>((resolve) => channel.once('subscribe', resolve));
      return heard;
    },
    publish: (channel, data) =>
      new Promise<void>((resolve, reject) => {
        const answered = (error: unknown): void => (error ? reject(error as Error) : resolve());
        // Client 14 calls back, the SDK gives a promise.
        publish.call(client, channel, data, answered)?.then(resolve, reject);
      }),
    transmit: (event, data) => emit.call(client, event, data),
    hear(event) {
      const heard: unknown[] = [];
      on.call(client, event, (data) => heard.push(data));
      return heard;
    },
    end: () => destroy.call(client),
  };
  on.call(client, 'error', () => undefined);
  on.call(client, 'message', (message) => speaker.messages.push(message));
  on.call(client, 'disconnect', (code) => speaker.endings.push(code as number));
  return speaker;
}

async function connected(client: Client | Stock, speaker: Speaker): Promise<Speaker> {
  open.push(speaker);
  const { once } = client as { once(event: string, listener: () => void): void };
  await new Promise<void>((resolve) => once.call(client, 'connect', resolve));
  return speaker;
}

function connect14(): Promise<Speaker> {
  const { create: create14 } = require('socketcluster-client-v14') as { create(options: object): Stock };
  const client = create14({ ...address(), codecEngine: published });
  return connected(client, speakerOf('client 14', client));
}

function connectOurs(): Promise<Speaker> {
  const client = create({ ...address(), webSocket: WebSocket, codecEngine: minBinCodec });
  return connected(client, speakerOf('SDK', client));
}

interface Stream extends AsyncIterable<unknown> {
  once(withinMs?: number): Promise<unknown>;
}

interface Client20 {
  listener(event: string): Stream;
  receiver(event: string): Stream;
  procedure(event: string): AsyncIterable<{ data: unknown; end(data: unknown): void }>;
  subscribe(channel: string): Stream & { listener(event: string): Stream };
  invoke(event: string, data?: unknown): Promise<unknown>;
  transmit(event: string, data: unknown): Promise<void>;
  invokePublish(channel: string, data: unknown): Promise<void>;
  disconnect(): void;
}

async function each<Value>(stream: AsyncIterable<Value>, take: (value: Value) => void): Promise<void> {
  for await (const value of stream) {
    take(value);
  }
}

async function connect20(): Promise<Speaker> {
  const { create: create20 } = require('socketcluster-client-v20') as { create(options: object): Client20 };
  const client = create20({ ...address(), codecEngine: published });
  const speaker: Speaker = {
    name: 'client 20',
    messages: [],
    endings: [],
    call: (event, data) => client.invoke(event, data),
    answer: (event, answer) =>
      void each(client.procedure(event), (request) => request.end(answer(request.data))),
    async subscribe(name) {
      const heard: unknown[] = [];
      const channel = client.subscribe(name);
      void each(channel, (data) => heard.push(data));
      await channel.listener('subscribe').once(5_000);
      return heard;
    },
    publish: (channel, data) => client.invokePublish(channel, data),
    transmit: (event, data) => void client.transmit(event, data),
    hear(event) {
      const heard: unknown[] = [];
      void each(client.receiver(event), (data) => heard.push(data));
      return heard;
    },
    end: () => client.disconnect(),
  };
  void each(client.listener('message'), (event) =>
    speaker.messages.push((event as { message: unknown }).message),
  );
  void each(client.listener('disconnect'), (event) => speaker.endings.push((event as { code: number }).code));
  open.push(speaker);
  await client.listener('connect').once(5_000);
  return speaker;
}

const everyone = (): Promise<Speaker[]> => Promise.all([connect14(), connect20(), connectOurs()]);

test('minBinCodec carries calls in both directions, errors and tokens, for each client', async () => {
  for (const speaker of await everyone()) {
    const data = { text: 'ü€😀', numbers: [0, -1, 1.5, 2 ** 40, -70_000], none: null, deep: [[{ a: true }]] };
    expect(await speaker.call('echo', data), speaker.name).toEqual(data);
    await expect(speaker.call('fail')).rejects.toMatchObject({ message: 'no such thing', code: 7 });
    speaker.answer('question', (number) => Number(number) * 7);
    expect(await speaker.call('ask'), speaker.name).toBe(42);
    await speaker.call('login', 'bob');
  }
});

test('minBinCodec carries bytes as bytes, in calls and in publications over both workers', async () => {
  const speakers = [...(await everyone()), ...(await everyone())];
  const workers = await Promise.all(speakers.map((speaker) => speaker.call('whoami')));
  expect(new Set(workers)).toEqual(new Set([0, 1]));
  const heard = await Promise.all(speakers.map((speaker) => speaker.subscribe('room')));
  const bytes = new Uint8Array(randomBytes(5_000)).buffer;
  for (const [index, speaker] of speakers.entries()) {
    expect(await speaker.call('echo', { bytes }), speaker.name).toEqual({ bytes });
    await speaker.publish('room', { from: index, bytes });
  }
  const all = speakers.map((_speaker, from) => ({ from, bytes }));
  await vi.waitFor(() => expect(heard).toEqual(speakers.map(() => all)), PATIENCE);
});

test('clients with an engine answer pings in their own protocol and outlive the ping time-out', async () => {
  const speakers = await everyone();
  const isPing = (message: unknown): boolean =>
    message === '' ||
    (message instanceof ArrayBuffer && Buffer.from(message).toString('latin1') === '\xa2#1');
  const pings = ({ messages }: Speaker): number => messages.filter(isPing).length;
  await vi.waitFor(
    () => expect(Math.min(...speakers.map(pings))).toBeGreaterThan(PINGS_PAST_TIMEOUT),
    PATIENCE,
  );
  expect(speakers.map(({ endings }) => endings)).toEqual([[], [], []]);
  for (const speaker of speakers) {
    expect(await speaker.call('echo', 1), speaker.name).toBe(1);
  }
});

test('a code of the server reaches clients with an engine', async () => {
  for (const speaker of await everyone()) {
    speaker.transmit('leave', 4501);
    await vi.waitFor(() => expect(speaker.endings, speaker.name).toEqual([4501]), PATIENCE);
  }
});

test('startBatching() sends packets of an engine in one array', async () => {
  for (const speaker of await everyone()) {
    const heard = speaker.hear('one');
    const before = speaker.messages.length;
    speaker.transmit('several', 20);
    await vi.waitFor(() => expect(heard).toHaveLength(20), PATIENCE);
    expect(heard, speaker.name).toEqual([...Array(20).keys()]);
    expect(speaker.messages.length - before, speaker.name).toBeLessThan(5);
  }
});

/** The environment repeats a run: FUZZ_SEED=… */
const seed = Number(process.env['FUZZ_SEED'] ?? randomInt(2 ** 31));

const anyMessage = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.string(),
  fc.anything({ withNullPrototype: true }).chain((value) => {
    try {
      return fc.constant(minBinCodec.encode(value));
    } catch {
      return fc.constant(Uint8Array.of());
    }
  }),
  fc
    .tuple(fc.constantFrom('e', 'p', 'r'), fc.array(fc.jsonValue(), { maxLength: 4 }))
    .map(([letter, fields]) => minBinCodec.encode({ [letter]: fields })),
);

test('bytes of any kind end no worker, and the next call is answered', async () => {
  console.log(`hostile binary messages of seed ${seed}`);
  let exits = 0;
  cluster.on('workerExit', () => {
    exits += 1;
  });
  const witness = await connectOurs();
  const headers = [
    // An array that claims four billion items, 5,000 arrays in one another, a map that claims what is not there.
    Buffer.from([0xdd, 0xff, 0xff, 0xff, 0xff]),
    Buffer.alloc(5_000, 0x91),
    Buffer.concat(Array(20_000).fill(Buffer.from([0xdd, 0x01, 0xff, 0xff, 0xff]))),
    Buffer.from([0xdf, 0xff, 0xff, 0xff, 0xff, 0xa1]),
  ];
  const handshake = minBinCodec.encode({ event: '#handshake', cid: 1 });
  const messages = [...headers, ...fc.sample(anyMessage, { seed, numRuns: 2_000 })];
  for (let first = 0; first < messages.length; first += 50) {
    await new Promise<void>((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${cluster.port}/socketcluster/`);
      socket.on('error', reject);
      socket.on('close', () => resolve());
      socket.on('open', () => {
        socket.send(handshake);
        for (const message of messages.slice(first, first + 50)) {
          socket.send(message);
        }
        socket.close();
      });
    });
  }
  expect(await witness.call('echo', 'end')).toBe('end');
  expect(witness.endings).toEqual([]);
  expect(exits).toBe(0);
});
