/** Hosts joined through a real nats-server: brokers and workers' ends in this process, one folder of sockets a host. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { ClusterOption } from '../../options/index.ts';
import { PATIENCE } from '../../testing.ts';
import { brokerContract } from '../broker-contract.ts';
import { connectBrokers, type RemoteBroker } from '../remote-broker.ts';
import { type BrokerServer, startBrokerServer } from '../server.ts';
import { type Revocation, RevocationTable } from '../store/index.ts';
import { brokerOf, bytesOf, Inbox, makeFolder } from '../testing.ts';
import { dial } from './line/index.ts';
import { Subjects } from './subjects.ts';
import { startNats } from './testing.ts';

const SECRET = 'test secret';

/** One host: its brokers, what they warned of, and a way to add workers. */
interface Host {
  servers: BrokerServer[];
  warnings: string[];
  /** Connects a worker's end. */
  connect(deliver: Inbox['deliver'], revocations?: RevocationTable, told?: string[]): RemoteBroker;
  /** Sum of a figure over all brokers. */
  count(name: string): number;
}

let hosts = 0;

async function startHost(cluster: ClusterOption, { brokers = 1, mayBeAlone = false } = {}): Promise<Host> {
  const folder = await makeFolder();
  const paths = Array.from({ length: brokers }, (_, id) => join(folder, `${id}.sock`));
  hosts += 1;
  const hostId = String(hosts).padStart(12, '0');
  const warnings: string[] = [];
  const servers = await Promise.all(
    paths.map((path, id) =>
      startBrokerServer({
        path,
        secret: SECRET,
        hosts: { cluster, hostId, id, mayBeAlone },
        warn: ({ message }) => warnings.push(message),
      }),
    ),
  );
  onTestFinished(async () => {
    await Promise.all(servers.map((server) => server.close()));
  });
  let workerId = 0;
  return {
    servers,
    warnings,
    connect(deliver, revocations = new RevocationTable(() => 0), told = []) {
      const broker = connectBrokers({
        paths,
        secret: SECRET,
        workerId: workerId++,
        deliver,
        revocations,
        takeNotice: (kind, session, message) => told.push(`${kind} ${session} ${Buffer.from(message)}`),
      });
      onTestFinished(() => broker.close());
      return broker;
    },
    count: (name) => servers.reduce((sum, server) => sum + (server.figures().counters[name] ?? 0), 0),
  };
}

brokerContract('connectBrokers() on two hosts', async () => {
  const { cluster } = await startNats();
  const made = await Promise.all([startHost(cluster, { brokers: 2 }), startHost(cluster, { brokers: 3 })]);
  let workers = 0;
  return {
    hosts: 2,
    connect: async (deliver) => made[workers++ % 2]!.connect(deliver),
    end: async () => {},
  };
});

/** Publishes numbers on until told to stop; resolves with how many there were. */
function publishNumbers(broker: RemoteBroker, channel: string) {
  let count = 0;
  let isRunning = true;
  const ended = (async () => {
    while (isRunning) {
      await broker.publish(channel, bytesOf(String(count)));
      count += 1;
    }
    return count;
  })();
  return {
    get count() {
      return count;
    },
    stop: () => {
      isRunning = false;
      return ended;
    },
  };
}

const numbersOf = (inbox: Inbox): number[] => inbox.received.map((line) => Number(line.split(':')[1]));
const isAscending = (numbers: number[]) =>
  numbers.every((n, index) => index === 0 || n > numbers[index - 1]!);

test('a nats-server that is killed and started again costs other hosts only what is counted, and this host nothing', async () => {
  const nats = await startNats();
  const [a, b] = await Promise.all([startHost(nats.cluster), startHost(nats.cluster)]);
  const [here, there] = [new Inbox(), new Inbox()];
  const publisher = a.connect(here.deliver);
  const subscriber = b.connect(there.deliver);
  await Promise.all([publisher.subscribe('news'), subscriber.subscribe('news')]);
  const numbers = publishNumbers(publisher, 'news');
  await there.take(100);

  await nats.kill();
  await vi.waitFor(() => expect([a.count('natsUp'), b.count('natsUp')]).toEqual([0, 0]), PATIENCE);
  const whenAway = numbers.count;
  await vi.waitFor(() => expect(numbers.count).toBeGreaterThan(whenAway + 100), PATIENCE);
  const arrivedBefore = there.received.length;
  await startNats([], nats.port);
  await vi.waitFor(() => expect(there.received.length).toBeGreaterThan(arrivedBefore + 100), PATIENCE);

  const published = await numbers.stop();
  await vi.waitFor(() => expect(numbersOf(there).at(-1)).toBe(published - 1), PATIENCE);
  expect(numbersOf(here)).toEqual(Array.from({ length: published }, (_, number) => number));
  const arrived = numbersOf(there);
  expect(isAscending(arrived)).toBe(true);
  expect(b.count('crossedIn')).toBe(arrived.length);
  expect(b.count('crossingsMissed')).toBe(published - arrived.length);
  expect(a.count('crossedOut') + a.count('crossingsLost')).toBe(published);
  expect(a.count('crossingsLost')).toBeGreaterThan(100);
  expect([a.count('natsDowns'), b.count('natsDowns'), b.count('crossingsLate')]).toEqual([1, 1, 0]);
  expect(a.warnings[0]).toMatch(/^NATS is away, publications stay on this host: /);
  expect(a.warnings.at(-1)).toMatch(
    /^NATS is back after [\d.]+ s; publications that could not cross so far: \d+$/,
  );
});

test('a nats-server that answers no more is given up, memory stays bounded, and nothing comes twice afterwards', async () => {
  const nats = await startNats();
  const [a, b] = await Promise.all([startHost(nats.cluster), startHost(nats.cluster)]);
  const [here, there] = [new Inbox(), new Inbox()];
  const publisher = a.connect(() => here.received.push(''));
  const subscriber = b.connect((channel, payload) => there.deliver(channel, payload.subarray(0, 8)));
  await Promise.all([publisher.subscribe('news'), subscriber.subscribe('news')]);
  const publish = (number: number, bytes: number) =>
    publisher.publish('news', Buffer.concat([bytesOf(String(number).padEnd(8)), Buffer.alloc(bytes)]));
  await publish(0, 0);
  await there.take(1);
  nats.freeze(true);
  for (let number = 1; number <= 100; number += 1) {
    await publish(number, 400_000);
  }
  expect(here.received).toHaveLength(101);
  expect(a.count('crossingsLost')).toBeGreaterThan(50);
  await vi.waitFor(() => expect([a.count('natsUp'), b.count('natsUp')]).toEqual([0, 0]), PATIENCE);
  nats.freeze(false);
  await vi.waitFor(() => expect([a.count('natsUp'), b.count('natsUp')]).toEqual([1, 1]), PATIENCE);
  await publish(101, 0);
  await vi.waitFor(() => expect(numbersOf(there).at(-1)).toBe(101), PATIENCE);
  const arrived = numbersOf(there);
  expect(isAscending(arrived)).toBe(true);
  expect(b.count('crossedIn') + b.count('crossingsMissed')).toBe(102);
  expect(b.count('crossedIn')).toBe(arrived.length);
});

/** A way to a port on which what is under way can be held up, however long, while new connections go through. */
async function startDetour(port: number) {
  const pairs: [Socket, Socket][] = [];
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) socket.on('error', () => {});
    pairs.push([near, far]);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of pairs.flat()) socket.destroy();
    server.close();
  });
  return {
    server: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Holds up all connections there are; the returned function lets what they carry go on. */
    hold() {
      const held = [...pairs];
      for (const [near, far] of held) {
        near.unpipe(far).pause();
        far.unpipe(near).pause();
      }
      return () => {
        for (const [near, far] of held) near.pipe(far);
      };
    },
  };
}

test('publications that come by the old way when newer ones have come by the new one are dropped', async () => {
  const nats = await startNats();
  const detour = await startDetour(nats.port);
  const [a, b] = await Promise.all([
    startHost({ ...nats.cluster, servers: detour.server }),
    startHost(nats.cluster),
  ]);
  const there = new Inbox();
  const publisher = a.connect(() => {});
  await b.connect(there.deliver).subscribe('news');
  const publish = async (from: number, to: number) => {
    for (let number = from; number < to; number += 1)
      await publisher.publish('news', bytesOf(String(number)));
  };
  await publish(0, 10);
  await there.take(10);
  const release = detour.hold();
  await publish(10, 30);
  expect([a.count('crossedOut'), a.count('natsUp')]).toEqual([30, 1]);
  await vi.waitFor(() => expect(a.count('natsDowns')).toBe(1), PATIENCE);
  await vi.waitFor(() => expect(a.count('natsUp')).toBe(1), PATIENCE);
  await publish(30, 40);
  await there.take(20);
  release();
  await vi.waitFor(() => expect(b.count('crossingsLate')).toBe(20), PATIENCE);
  await publish(40, 41);
  await there.take(21);
  const numbers = [...Array(10).keys(), ...Array.from({ length: 11 }, (_, index) => 30 + index)];
  expect(numbersOf(there)).toEqual(numbers);
  expect([b.count('crossedIn'), b.count('crossingsMissed')]).toEqual([21, 20]);
});

test('only channels that somebody on a host subscribes to come to it', async () => {
  const { cluster } = await startNats();
  const [a, b] = await Promise.all([startHost(cluster), startHost(cluster)]);
  const there = new Inbox();
  const publisher = a.connect(() => {});
  const subscriber = b.connect(there.deliver);
  await subscriber.subscribe('wanted');
  for (const channel of ['unwanted', 'wanted']) await publisher.publish(channel, bytesOf('1'));
  await there.take(1);
  expect(b.count('crossedIn')).toBe(1);
  await subscriber.close(); // its subscriptions end with its link
  await vi.waitFor(() => expect(b.servers[0]!.figures().connections).toBe(0), PATIENCE);
  const other = b.connect(there.deliver);
  await other.subscribe('marker');
  for (const channel of ['wanted', 'marker']) await publisher.publish(channel, bytesOf('2'));
  await there.take(2);
  expect(there.received).toEqual(['wanted:1', 'marker:2']);
  expect(b.count('crossedIn')).toBe(2);
});

test('clusters of other names do not hear each other', async () => {
  const { cluster } = await startNats();
  const [a, b, c] = await Promise.all(['one', 'other', 'one'].map((name) => startHost({ ...cluster, name })));
  const [inA, inB, inC] = [new Inbox(), new Inbox(), new Inbox()];
  const ends = [a!.connect(inA.deliver), b!.connect(inB.deliver), c!.connect(inC.deliver)] as const;
  await Promise.all(ends.map((end) => end.subscribe('news')));
  await ends[1].publish('news', bytesOf('of the other'));
  await ends[0].publish('news', bytesOf('of one'));
  await inC.take(1);
  expect([inA.received, inB.received, inC.received]).toEqual([
    ['news:of one'],
    ['news:of the other'],
    ['news:of one'],
  ]);
});

test('what a worker tells of a session reaches every worker of every host once, whichever broker it takes', async () => {
  const { cluster } = await startNats();
  const made = await Promise.all([startHost(cluster, { brokers: 3 }), startHost(cluster, { brokers: 2 })]);
  const told = [0, 1, 2, 3].map(() => [] as string[]);
  const ends = told.map((list, index) => made[index % 2]!.connect(() => {}, undefined, list));
  await Promise.all(ends.map((end) => end.caughtUp));
  const sessions = Array.from({ length: 12 }, (_, index) => `s${index}`);
  expect(new Set(sessions.map((session) => brokerOf(session, 3))).size).toBe(3);
  for (const session of sessions) await ends[0]!.store.tell(session, bytesOf('x'));
  const all = sessions.map((session) => `told ${session} x`).toSorted();
  await vi.waitFor(() => {
    for (const list of told) expect(list.toSorted()).toEqual(all);
  }, PATIENCE);
});

const NOW = Math.ceil(Date.now() / 1_000);
const revocation = (subject: string): Revocation => ({ subject, issuedUntil: 1.5, until: NOW + 600 });

test('a revocation has been taken by every worker of every host when its promise resolves, and by newcomers before they start', async () => {
  const { cluster } = await startNats();
  const made = await Promise.all([startHost(cluster, { brokers: 2 }), startHost(cluster, { brokers: 2 })]);
  const tables = [0, 1, 2, 3].map(() => new RevocationTable(() => 0));
  const ends = tables.map((table, index) => made[index % 2]!.connect(() => {}, table));
  await Promise.all(ends.map((end) => end.caughtUp));
  expect(made[0]!.count('brokersElsewhere')).toBe(4);
  await ends[0]!.store.revoke([revocation('a')]);
  expect(tables.map((table) => table.get('a'))).toEqual(tables.map(() => revocation('a')));

  const newcomer = await startHost(cluster);
  const table = new RevocationTable(() => 0);
  await newcomer.connect(() => {}, table).caughtUp;
  expect(table.get('a')).toEqual(revocation('a'));
  expect(made[0]!.count('revocationsUnanswered')).toBe(0);
});

test('revocations of both sides reach each other when NATS is back', async () => {
  const nats = await startNats();
  const made = await Promise.all([startHost(nats.cluster), startHost(nats.cluster)]);
  const tables = made.map(() => new RevocationTable(() => 0));
  const ends = tables.map((table, index) => made[index]!.connect(() => {}, table));
  await nats.kill();
  await vi.waitFor(() => expect(made.map((host) => host.count('natsUp'))).toEqual([0, 0]), PATIENCE);
  await Promise.all([ends[0]!.store.revoke([revocation('a')]), ends[1]!.store.revoke([revocation('b')])]);
  expect(tables.map((table) => table.size)).toEqual([1, 1]);
  await startNats([], nats.port);
  await vi.waitFor(() => expect(tables.map((table) => table.size)).toEqual([2, 2]), PATIENCE);
});

test('what nobody of the cluster could have sent is counted and harms nobody', async () => {
  const { cluster } = await startNats();
  const host = await startHost(cluster);
  const inbox = new Inbox();
  const worker = host.connect(inbox.deliver);
  await worker.subscribe('news');
  const stranger = await dial(cluster, 'stranger', () => {});
  onTestFinished(() => stranger.close());
  const subjects = new Subjects(cluster.name);
  for (const subject of [subjects.all, subjects.told, subjects.channel('news')]) {
    stranger.publish(subject, Buffer.from('{"kind":"exec"}'));
    stranger.publish(subject, Buffer.alloc(0));
  }
  await vi.waitFor(() => expect(host.count('crossingsRefused')).toBe(6), PATIENCE);
  await worker.publish('news', bytesOf('on'));
  expect(inbox.received).toEqual(['news:on']);
});

test('startBrokerServer() does not start without the other hosts, unless it is started again', async () => {
  const nats = await startNats(['authorization { token: right }']);
  await expect(startHost(nats.cluster)).rejects.toMatchObject({
    code: 'CLUSTER_UNREACHABLE',
    message: expect.stringContaining('it refuses the credentials'),
  });
  const cluster = { ...nats.cluster, credentials: { token: 'right' } };
  await nats.kill();
  await expect(startHost(cluster)).rejects.toMatchObject({
    message: `Cannot join cluster "test" through NATS at nats://127.0.0.1:${nats.port}: nobody listens there`,
  });
  const alone = await startHost(cluster, { mayBeAlone: true });
  const here = new Inbox();
  const worker = alone.connect(here.deliver);
  await worker.subscribe('news');
  await worker.publish('news', bytesOf('alone'));
  expect([here.received, alone.count('crossingsLost')]).toEqual([['news:alone'], 1]);
  expect(alone.warnings[0]).toContain('nobody listens there');

  await startNats(['authorization { token: right }'], nats.port);
  const other = await startHost(cluster);
  const there = new Inbox();
  await other.connect(there.deliver).subscribe('news');
  await vi.waitFor(() => expect(alone.count('natsUp')).toBe(1), PATIENCE);
  await worker.publish('news', bytesOf('joined'));
  expect(await there.take(1)).toEqual(['news:joined']);
});

test('startBrokerServer() that is started again serves its host before NATS has answered or failed', async () => {
  const nats = await startNats();
  const other = await startHost(nats.cluster);
  const there = new Inbox();
  await other.connect(there.deliver).subscribe('news');
  nats.freeze(true);
  const alone = await startHost(nats.cluster, { mayBeAlone: true });
  expect([alone.warnings, alone.count('natsUp')]).toEqual([[], 0]);
  const here = new Inbox();
  const worker = alone.connect(here.deliver);
  await worker.subscribe('news');
  await worker.publish('news', bytesOf('alone'));
  expect(here.received).toEqual(['news:alone']);

  nats.freeze(false);
  await vi.waitFor(() => expect(alone.count('natsUp')).toBe(1), PATIENCE);
  await worker.publish('news', bytesOf('joined'));
  expect(await there.take(1)).toEqual(['news:joined']);
});

test('startBrokerServer() does not start where NATS does not permit its subjects', async () => {
  const user = 'user: a, password: b, permissions: { publish: "sc.other.>", subscribe: ["sc.other.>"] }';
  const { cluster } = await startNats([`authorization { users: [ { ${user} } ] }`]);
  const credentials = { user: 'a', password: 'b' };
  await expect(startHost({ ...cluster, credentials })).rejects.toMatchObject({
    code: 'CLUSTER_UNREACHABLE',
    message: expect.stringContaining('it does not permit subjects that begin with sc.test'),
  });
  await startHost({ ...cluster, name: 'other', credentials });
});
