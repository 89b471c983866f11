/**
 * What a cluster keeps when its processes die or stand still. Publishers number what they publish, per channel;
 * the ledger holds every subscriber to that: order always, nothing twice, and whatever is missing must be among
 * what "at most once" allows to be lost in this very fault.
 */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { brokerOf } from './broker/testing.ts';
import { BareClient } from './engine/testing.ts';
import { SocketCluster } from './master/index.ts';

const WORKERS = 2;
const BROKERS = 2;
const BALANCERS = 2;
const CHANNELS = 20;
const SUBSCRIBERS = 40;
const PUBLISHERS = 10;
/** One publication of each publisher per tick, milliseconds: 200 a second. */
const TICK_MS = 50;
const STANDSTILL_MS = 5_000;
/** Rounds of publications that go out in one breath just before a fault, so that much is on its way. */
const BURST = 20;
const DEADLINE = { timeout: 30_000, interval: 50 };

type Role = 'worker' | 'broker' | 'balancer';

interface Fault {
  name: string;
  signal: 'SIGKILL' | 'SIGSTOP';
  role: Role;
  ids: number[];
}

interface Publication {
  channel: string;
  sentAt: number;
  acknowledgedAt: number;
}

/** A publisher, with all it has published by channel; the place in the list is the number. */
interface Publisher {
  client: BareClient;
  publications: Map<string, Publication[]>;
}

interface Subscriber {
  client: BareClient;
  channels: string[];
  /** Numbers heard, by publisher and channel. */
  heard: Map<string, Set<number>>;
  /** When the latest heard publication of a channel was sent. */
  latest: Map<string, number>;
  readyAt: number;
}

const pids = new Map<string, number>();
const publishers: Publisher[] = [];
const subscribers: Subscriber[] = [];
/** What came twice, or after a later one. */
const violations: string[] = [];
/** The highest number of each set. */
const lastOf = new WeakMap<Set<number>, number>();
const rows: Record<string, string | number>[] = [];
let longestWaitMs = 0;
let folder: string;
let cluster: SocketCluster;
let ticker: NodeJS.Timeout;
let isPublishing = true;
let turn = 0;

const channelOf = (number: number): string => `channel-${number % CHANNELS}`;
/** Each channel has two publishers. */
const channelsOfPublisher = (id: number): string[] => [0, 1, 2, 3].map((n) => channelOf(2 * id + n));
const channelsOfSubscriber = (id: number): string[] => [0, 7, 13].map((n) => channelOf(id + n));
const clients = (): BareClient[] => [...publishers, ...subscribers].map(({ client }) => client);

function addPublisher(id: number): void {
  const publications = new Map(channelsOfPublisher(id).map((channel) => [channel, [] as Publication[]]));
  publishers.push({ client: new BareClient(cluster.port), publications });
}

function addSubscriber(id: number): void {
  const channels = channelsOfSubscriber(id);
  const subscriber: Subscriber = {
    channels,
    heard: new Map(),
    latest: new Map(),
    readyAt: 0,
    client: new BareClient(cluster.port, {
      channels,
      heard: (channel, data) => hear(id, channel, data as { publisher: number; n: number; sentAt: number }),
      ready: () => {
        subscriber.readyAt = performance.now();
      },
    }),
  };
  subscribers.push(subscriber);
}

function publish(id: number, channel: string): void {
  const { client, publications } = publishers[id]!;
  const sent = publications.get(channel)!;
  const sentAt = performance.now();
  const publication = { channel, sentAt, acknowledgedAt: Number.POSITIVE_INFINITY };
  const data = { publisher: id, n: sent.length, sentAt };
  sent.push(publication);
  client.call('#publish', { channel, data }).then(
    () => {
      publication.acknowledgedAt = performance.now();
    },
    () => undefined, // stays unacknowledged
  );
}

function hear(
  id: number,
  channel: string,
  { publisher, n, sentAt }: { publisher: number; n: number; sentAt: number },
): void {
  const { heard, latest } = subscribers[id]!;
  const key = `${publisher}/${channel}`;
  const numbers = heard.get(key) ?? new Set();
  heard.set(key, numbers);
  const last = lastOf.get(numbers) ?? -1;
  if (n <= last) {
    violations.push(`subscriber ${id} heard ${key} number ${n} after ${last}`);
  }
  numbers.add(n);
  lastOf.set(numbers, Math.max(n, last));
  latest.set(channel, Math.max(sentAt, latest.get(channel) ?? 0));
  longestWaitMs = Math.max(longestWaitMs, performance.now() - sentAt);
}

function publishAll(): void {
  turn += 1;
  for (const [id, { client }] of publishers.entries()) {
    if (isPublishing && client.isReady) {
      publish(id, channelsOfPublisher(id)[turn % 4]!);
    }
  }
}

/** Resolves when everybody is connected and hears, on every channel, what was published from now on. */
async function allHear(): Promise<void> {
  await vi.waitFor(() => expect(clients().filter(({ isReady }) => !isReady)).toHaveLength(0), DEADLINE);
  const since = performance.now();
  await vi.waitFor(() => {
    const deaf = subscribers.flatMap(({ channels, latest }, id) =>
      channels.filter((channel) => (latest.get(channel) ?? 0) <= since).map((channel) => `${id} ${channel}`),
    );
    expect(deaf).toEqual([]);
  }, DEADLINE);
}

/** Resolves when nothing is on its way any more: the last of each publisher has come to every subscriber. */
async function settle(): Promise<void> {
  isPublishing = false;
  for (const id of publishers.keys()) {
    for (const channel of channelsOfPublisher(id)) {
      publish(id, channel);
    }
  }
  await vi.waitFor(() => {
    const waiting = pairs().filter(
      ({ subscriber, key, sent }) => !subscriber.heard.get(key)?.has(sent.length - 1),
    );
    expect(waiting).toHaveLength(0);
  }, DEADLINE);
  isPublishing = true;
}

/** Every subscriber with each list of publications it should hear. */
function pairs(): { subscriber: Subscriber; key: string; sent: Publication[] }[] {
  return subscribers.flatMap((subscriber) =>
    publishers.flatMap(({ publications }, id) =>
      [...publications]
        .filter(([channel]) => subscriber.channels.includes(channel))
        .map(([channel, sent]) => ({ subscriber, key: `${id}/${channel}`, sent })),
    ),
  );
}

async function strike({ signal, role, ids }: Fault): Promise<void> {
  const victims = ids.map((id) => pids.get(`${role} ${id}`)!);
  for (let round = 0; round < BURST; round += 1) {
    publishAll();
  }
  await Promise.race(publishers.map(({ client }) => client.call('#publish', { channel: 'nobody listens' })));
  const back = ids.map(() => once(cluster, `${role}Start`));
  for (const pid of victims) {
    process.kill(pid, signal);
  }
  if (signal === 'SIGKILL') {
    await Promise.all(back);
    return;
  }
  await passed(STANDSTILL_MS);
  for (const pid of victims) {
    process.kill(pid, 'SIGCONT');
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crash-'));
  const workerController = join(folder, 'worker.cjs');
  await writeFile(workerController, 'module.exports.run = () => {};');
  cluster = new SocketCluster({
    port: 0,
    workers: WORKERS,
    brokers: BROKERS,
    balancers: BALANCERS,
    workerController,
  });
  for (const role of ['worker', 'broker', 'balancer'] as const) {
    cluster.on(`${role}Start`, ({ id, pid }) => pids.set(`${role} ${id}`, pid));
  }
  await cluster.start();
  for (let id = 0; id < SUBSCRIBERS; id += 1) {
    addSubscriber(id);
  }
  for (let id = 0; id < PUBLISHERS; id += 1) {
    addPublisher(id);
  }
  ticker = setInterval(publishAll, TICK_MS);
  await allHear();
  await settle(); // the next number of each list is the first of the first fault
});

afterAll(async () => {
  clearInterval(ticker);
  for (const client of clients()) {
    client.end();
  }
  await cluster.stop();
  await rm(folder, { recursive: true });
  console.table(rows);
});

test.each<Fault>([
  { name: 'kill of a worker', signal: 'SIGKILL', role: 'worker', ids: [0] },
  { name: 'kill of a broker', signal: 'SIGKILL', role: 'broker', ids: [0] },
  { name: 'kill of a balancer', signal: 'SIGKILL', role: 'balancer', ids: [0] },
  { name: 'kill of all brokers', signal: 'SIGKILL', role: 'broker', ids: [0, 1] },
  { name: 'standstill of a worker', signal: 'SIGSTOP', role: 'worker', ids: [1] },
  { name: 'standstill of a broker', signal: 'SIGSTOP', role: 'broker', ids: [1] },
  { name: 'standstill of a balancer', signal: 'SIGSTOP', role: 'balancer', ids: [1] },
])('SocketCluster delivers in order, nothing twice, and loses only what it may: $name', async (fault) => {
  const first = new Map(pairs().map(({ key, sent }) => [key, sent.length]));
  const losses = new Map(clients().map((client) => [client, client.losses]));
  const workers = new Map(clients().map((client) => [client, client.worker]));
  const wasCutOff = (client: BareClient): boolean => client.losses > losses.get(client)!;
  longestWaitMs = 0;

  const struckAt = performance.now();
  const struck = strike(fault);
  const newcomers = [1, 2, 3, 4].map(() => new BareClient(cluster.port));
  await struck;
  await vi.waitFor(() => expect(newcomers.filter(({ isReady }) => !isReady)).toHaveLength(0), DEADLINE);
  for (const client of newcomers) {
    client.end();
  }
  await allHear();
  const recoveredAt = performance.now();
  await allHear(); // and goes on so
  await settle();

  const mayMiss = (subscriber: Subscriber, { channel, sentAt, acknowledgedAt }: Publication): boolean => {
    const wasAway = wasCutOff(subscriber.client) && sentAt <= subscriber.readyAt;
    const brokerWasAway =
      fault.role === 'broker' && fault.ids.includes(brokerOf(channel, BROKERS)) && sentAt <= recoveredAt;
    return acknowledgedAt === Number.POSITIVE_INFINITY || wasAway || brokerWasAway;
  };
  const due = pairs().flatMap(({ subscriber, key, sent }) =>
    sent.slice(first.get(key)).map((publication, index) => ({
      subscriber,
      publication,
      isHeard: subscriber.heard.get(key)?.has(first.get(key)! + index) === true,
      name: `${key} number ${first.get(key)! + index}`,
    })),
  );
  const published = publishers.flatMap(({ publications }, id) =>
    [...publications].flatMap(([channel, sent]) => sent.slice(first.get(`${id}/${channel}`))),
  );
  const acknowledged = published.filter(({ acknowledgedAt }) => acknowledgedAt < Number.POSITIVE_INFINITY);
  const lost = due.filter(({ isHeard }) => !isHeard);
  const cutOff = clients().filter(wasCutOff);
  rows.push({
    fault: fault.name,
    published: published.length,
    acknowledged: acknowledged.length,
    deliveries: due.length - lost.length,
    lost: lost.length,
    'cut off': cutOff.length,
    'longest wait, ms': Math.round(longestWaitMs),
    'whole again, ms': Math.round(recoveredAt - struckAt),
  });

  expect(violations).toEqual([]);
  const unexplained = lost.filter(({ subscriber, publication }) => !mayMiss(subscriber, publication));
  expect(unexplained.map(({ name }) => name)).toEqual([]);
  if (fault.signal === 'SIGKILL' && fault.role === 'worker') {
    expect(new Set(cutOff.map((client) => workers.get(client)))).toEqual(new Set(fault.ids));
    return;
  }
  expect(cutOff).toHaveLength(0);
  if (fault.signal === 'SIGSTOP' || fault.role === 'balancer') {
    expect(acknowledged).toHaveLength(published.length);
    expect(lost).toHaveLength(0);
  }
  if (fault.signal === 'SIGSTOP' && fault.role !== 'balancer') {
    expect(longestWaitMs).toBeGreaterThan(STANDSTILL_MS - 1_000); // or nothing stood still
  }
});

test.each([0, 2])(
  'SocketCluster lets nobody hang who was dealt to a process that died first: %i balancers',
  async (balancers) => {
    const own = new SocketCluster({
      port: 0,
      workers: 2,
      balancers,
      workerController: join(folder, 'worker.cjs'),
    });
    const victims: number[] = [];
    own.on(balancers === 0 ? 'workerStart' : 'balancerStart', ({ pid }) => victims.push(pid));
    onTestFinished(() => own.stop());
    await own.start();
    process.kill(victims[0]!, 'SIGSTOP');
    const newcomers = Array.from({ length: 20 }, () => new BareClient(own.port));
    onTestFinished(() => {
      for (const client of newcomers) {
        client.end();
      }
    });
    const waiting = (): number => newcomers.filter(({ isReady }) => !isReady).length;
    // One is dealt to a process at a time: the others pass by the one that stands still.
    await vi.waitFor(() => expect(waiting()).toBe(1), DEADLINE);
    process.kill(victims[0]!, 'SIGKILL');
    await vi.waitFor(() => expect(waiting()).toBe(0), DEADLINE);
  },
);
