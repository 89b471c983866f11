/**
 * Two clusters of 2 workers and 2 brokers each, as on two hosts, joined through a real nats-server that wants a password
 * and speaks TLS; clients on both.
 */
import { createPrivateKey } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startNats } from './broker/nats/testing.ts';
import { BareClient } from './engine/testing.ts';
import { SocketCluster } from './index.ts';
import { makeCertificate, PATIENCE } from './testing.ts';

const CONTROLLER = `
exports.run = (worker) => {
  const { scServer } = worker;
  scServer.on('connection', (socket) => {
    socket.on('login', (token, respond) => { socket.setAuthToken(token); respond(null, socket.signedAuthToken); });
    socket.on('revoke', (signed, respond) => {
      scServer.revokeToken(signed).then(() => respond(), respond);
    });
  });
};`;

const CHANNELS = ['news', 'täglich 🗞️', '__proto__', 'a'.repeat(2_000)];

const require = createRequire(import.meta.url);
// biome-ignore lint/suspicious/noExplicitAny: a published client without types
const createClient = (options: object): any => require('socketcluster-client-v20').create(options);

/** What a nats-server and the hosts need for TLS and a password. */
async function makeSecrets(folder: string) {
  const { key, cert, passphrase } = makeCertificate('secret');
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const plain = createPrivateKey({ key, passphrase }).export({ type: 'pkcs8', format: 'pem' }).toString();
  await Promise.all([writeFile(keyFile, plain), writeFile(certFile, cert)]);
  return {
    settings: [
      'authorization { user: shop, password: "pass word" }',
      `tls { cert_file: "${certFile}", key_file: "${keyFile}" }`,
    ],
    access: { credentials: { user: 'shop', password: 'pass word' }, tls: { caFile: certFile } },
  };
}

/** A nats-server, and the options of hosts that are let in. */
async function prepare() {
  const folder = await mkdtemp(join(tmpdir(), 'two-hosts-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const workerController = join(folder, 'worker.cjs');
  await writeFile(workerController, CONTROLLER);
  const { settings, access } = await makeSecrets(folder);
  const nats = await startNats(settings);
  const cluster = {
    engine: 'nats' as const,
    servers: `tls://localhost:${nats.port}`,
    name: 'shop',
    ...access,
  };
  const options = { port: 0, workers: 2, brokers: 2, workerController, authKey: 'shared', cluster };
  return { nats, settings, options };
}

async function begin() {
  const { nats, settings, options } = await prepare();
  const hosts = [new SocketCluster(options), new SocketCluster(options)] as const;
  onTestFinished(async () => {
    await Promise.all(hosts.map((one) => one.stop()));
  });
  await Promise.all(hosts.map((one) => one.start()));
  return { nats, settings, hosts };
}

/** Sum of a figure over all brokers of a host, as its admin endpoint tells it. */
async function count(host: SocketCluster, name: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${host.adminPort}/state`);
  const { processes } = (await response.json()) as {
    processes: { role: string; counters: Record<string, number> }[];
  };
  return processes
    .filter(({ role }) => role === 'broker')
    .reduce((sum, { counters }) => sum + (counters[name] ?? 0), 0);
}

/** Subscribes a client of a host to all channels; it keeps what it hears by channel. */
async function listen(host: SocketCluster) {
  const heard = new Map<string, string[]>(CHANNELS.map((channel) => [channel, []]));
  const client = new BareClient(host.port, {
    channels: CHANNELS,
    heard: (channel, data) => heard.get(channel)?.push(String(data)),
  });
  onTestFinished(() => client.end());
  await vi.waitFor(() => expect(client.isReady).toBe(true), PATIENCE);
  return { client, heard };
}

/** The numbers that came of one publisher. */
const numbersOf = (heard: readonly string[] | undefined, publisher: string): number[] =>
  (heard ?? [])
    .filter((text) => text.startsWith(publisher))
    .map((text) => Number(text.slice(publisher.length)));

test('clients of two hosts hear every publication once, in the order of each publisher, on channels of any name', async () => {
  const { hosts } = await begin();
  const [a, b] = await Promise.all([listen(hosts[0]), listen(hosts[1])]);
  const COUNT = 200;
  await Promise.all(
    [a, b].flatMap(({ client }, index) =>
      CHANNELS.map(async (channel) => {
        for (let number = 0; number < COUNT; number += 1) {
          await client.call('#publish', { channel, data: `${'ab'[index]}${number}` });
        }
      }),
    ),
  );
  const all = Array.from({ length: COUNT }, (_, number) => number);
  for (const { heard } of [a, b]) {
    for (const channel of CHANNELS) {
      await vi.waitFor(() => expect(heard.get(channel)).toHaveLength(2 * COUNT), PATIENCE);
      expect(numbersOf(heard.get(channel), 'a')).toEqual(all);
      expect(numbersOf(heard.get(channel), 'b')).toEqual(all);
    }
  }
  await vi.waitFor(
    async () => expect(await count(hosts[1], 'crossedIn')).toBe(COUNT * CHANNELS.length),
    PATIENCE,
  );
  for (const host of hosts) {
    for (const name of ['crossingsLost', 'crossingsMissed', 'crossingsRefused', 'crossingsLate']) {
      expect([name, await count(host, name)]).toEqual([name, 0]);
    }
  }
});

test('a nats-server that dies and comes back costs the other host what is counted; nobody else hears of it, nothing comes twice', async () => {
  const { nats, settings, hosts } = await begin();
  const [a, b] = await Promise.all([listen(hosts[0]), listen(hosts[1])]);
  let number = 0;
  let isPublishing = true;
  const publishing = (async () => {
    while (isPublishing) {
      await a.client.call('#publish', { channel: 'news', data: `a${number}` });
      number += 1;
    }
  })();
  const arrived = () => numbersOf(b.heard.get('news'), 'a');
  await vi.waitFor(() => expect(arrived().length).toBeGreaterThan(50), PATIENCE);
  await nats.kill();
  await vi.waitFor(async () => expect(await count(hosts[0], 'natsUp')).toBe(0), PATIENCE);
  const whenAway = number;
  await vi.waitFor(() => expect(number).toBeGreaterThan(whenAway + 50), PATIENCE);
  const before = arrived().length;
  await startNats(settings, nats.port);
  await vi.waitFor(() => expect(arrived().length).toBeGreaterThan(before + 50), PATIENCE);
  isPublishing = false;
  await publishing;

  await vi.waitFor(() => expect(arrived().at(-1)).toBe(number - 1), PATIENCE);
  const all = Array.from({ length: number }, (_, each) => each);
  expect(numbersOf(a.heard.get('news'), 'a')).toEqual(all);
  const numbers = arrived();
  expect(numbers).toEqual([...new Set(numbers)].toSorted((one, other) => one - other));
  expect(numbers.length).toBeLessThan(number);
  await vi.waitFor(async () => {
    expect(await count(hosts[1], 'crossedIn')).toBe(numbers.length);
    expect(await count(hosts[1], 'crossingsMissed')).toBe(number - numbers.length);
    const handed = await count(hosts[0], 'crossedOut');
    expect(handed + (await count(hosts[0], 'crossingsLost'))).toBe(number);
  }, PATIENCE);
  const metrics = await (await fetch(`http://127.0.0.1:${hosts[0].adminPort}/metrics`)).text();
  expect(metrics).toMatch(/socketcluster_events_total\{[^}]*event="crossingsLost"[^}]*\} [1-9]/);
});

test('a broker that is started again while NATS is away serves its host, and joins the others when NATS is back', async () => {
  const { nats, settings, hosts } = await begin();
  const [a, b] = await Promise.all([listen(hosts[0]), listen(hosts[1])]);
  await nats.kill();
  const brokers = hosts[0].state().processes.filter(({ role }) => role === 'broker');
  let restarted = 0;
  hosts[0].on('brokerStart', () => {
    restarted += 1;
  });
  for (const { pid } of brokers) process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => expect(restarted).toBe(2), PATIENCE);
  await a.client.call('#publish', { channel: 'news', data: 'a0' });
  await vi.waitFor(() => expect(a.heard.get('news')).toEqual(['a0']), PATIENCE);

  await startNats(settings, nats.port);
  await vi.waitFor(async () => {
    expect([await count(hosts[0], 'natsUp'), await count(hosts[1], 'natsUp')]).toEqual([2, 2]);
  }, PATIENCE);
  await a.client.call('#publish', { channel: 'news', data: 'a1' });
  await b.client.call('#publish', { channel: 'news', data: 'b0' });
  await vi.waitFor(() => expect(b.heard.get('news')?.toSorted()).toEqual(['a1', 'b0']), PATIENCE);
  await vi.waitFor(() => expect(a.heard.get('news')?.toSorted()).toEqual(['a0', 'a1', 'b0']), PATIENCE);
});

test('a token that one host revokes is taken from clients of the other, and refused there from then on', async () => {
  const { hosts } = await begin();
  const connect = async (host: SocketCluster, token: string | null) => {
    let kept = token;
    const client = createClient({
      hostname: '127.0.0.1',
      port: host.port,
      authEngine: {
        loadToken: async () => kept,
        saveToken: async (_name: string, saved: string) => {
          kept = saved;
          return saved;
        },
        removeToken: async () => {
          kept = null;
        },
      },
    });
    onTestFinished(() => client.disconnect());
    const status = await client.listener('connect').once(10_000);
    return { client, isIn: status.isAuthenticated as boolean, hasToken: () => kept !== null };
  };
  const first = await connect(hosts[0], null);
  const signed = String(await first.client.invoke('login', { name: 'bob' }));
  const elsewhere = await Promise.all([1, 2, 3, 4].map(() => connect(hosts[1], signed)));
  expect(elsewhere.map(({ isIn }) => isIn)).toEqual([true, true, true, true]);
  await first.client.invoke('revoke', signed);
  const late = await Promise.all([connect(hosts[1], signed), connect(hosts[0], signed)]);
  expect(late.map(({ isIn }) => isIn)).toEqual([false, false]);
  await vi.waitFor(() => expect(elsewhere.some(({ hasToken }) => hasToken())).toBe(false), PATIENCE);
});

test('a host that NATS does not let in does not start, and says why in one sentence', async () => {
  const { nats, options } = await prepare();
  const credentials = { user: 'shop', password: 'guessed' };
  const wrong = new SocketCluster({ ...options, cluster: { ...options.cluster, credentials } });
  const error = (await wrong.start().catch((reason: unknown) => reason)) as Error;
  expect(error).toMatchObject({ code: 'CLUSTER_UNREACHABLE' });
  const where = `Cannot join cluster "shop" through NATS at tls://localhost:${nats.port}`;
  expect(error.message.replace(/broker [01]/, 'a broker')).toBe(
    `Cannot start "a broker": ${where}: it refuses the credentials (Authorization Violation)`,
  );
});
