/** Tokens in a real cluster of 2 workers and 2 brokers that was given no key, with published clients 14 and 20. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { BareClient } from './engine/testing.ts';
import { SocketCluster } from './index.ts';
import { PATIENCE } from './testing.ts';

const CONTROLLER = `
import { existsSync } from 'node:fs';
export function run(worker) {
  const { scServer } = worker;
  scServer.on('deauthentication', (socket, token) => scServer.global.add(['gone', token.name], worker.id));
  scServer.on('connection', (socket) => {
    const answer = (work) => (data, respond) => Promise.resolve(work(data)).then(
      (result) => respond(null, result),
      (error) => respond(error),
    );
    socket.on('whoami', answer(() => worker.id));
    socket.on('login', answer((token) => { socket.setAuthToken(token); return socket.signedAuthToken; }));
    socket.on('revoke', answer((signed) => scServer.revokeToken(signed)));
    socket.on('revokeAll', answer((claims) => scServer.revokeTokens(claims)));
    socket.on('gone', answer((name) => scServer.global.get(['gone', name])));
    socket.on('block', (file) => {
      scServer.global.set('blocked', true).then(() => {
        while (!existsSync(file)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      });
    });
    socket.on('isBlocked', answer(() => scServer.global.get('blocked')));
  });
}`;

/** What the tests do with a client of any version. */
interface Client {
  /** What the server said of the token in the handshake. */
  status: { isAuthenticated: boolean; authError?: { name: string; message: string } };
  worker: number;
  call(event: string, data?: unknown): Promise<unknown>;
  /** Offers a token; resolves with whether it was accepted. */
  authenticate(signed: string): Promise<boolean>;
  /** Whether the client itself believes that it has a token. */
  hasToken(): boolean;
}

const require = createRequire(import.meta.url);
// biome-ignore lint/suspicious/noExplicitAny: published clients of two ages, without types
const create = (version: 14 | 20, options: object): any =>
  require(`socketcluster-client-v${version}`).create(options);

let folder: string;
let cluster: SocketCluster;
/** Of the processes that run now, by role and number. */
const pids = new Map<string, number>();
const open: (() => void)[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokens-'));
  const workerController = join(folder, 'worker.mjs');
  await writeFile(workerController, CONTROLLER);
  cluster = new SocketCluster({ port: 0, workers: 2, brokers: 2, workerController });
  for (const role of ['worker', 'broker'] as const) {
    cluster.on(`${role}Start`, ({ id, pid }) => pids.set(`${role} ${id}`, pid));
  }
  await cluster.start();
});

afterEach(() => {
  for (const close of open.splice(0)) close();
});

afterAll(async () => {
  await cluster.stop();
  await rm(folder, { recursive: true });
});

async function connect14(token: string | null): Promise<Client> {
  let kept = token;
  const client = create(14, {
    hostname: '127.0.0.1',
    port: cluster.port,
    multiplex: false,
    authEngine: {
      loadToken: (_name: string, done: (error: null, token: string | null) => void) => done(null, kept),
      saveToken: (_name: string, saved: string, _options: object, done: (error: null) => void) => {
        kept = saved;
        done(null);
      },
      removeToken: (_name: string, done: (error: null) => void) => {
        kept = null;
        done(null);
      },
    },
  });
  open.push(() => client.destroy());
  client.on('error', () => undefined);
  const status = await new Promise<Client['status']>((resolve) => client.on('connect', resolve));
  const call = (event: string, data?: unknown): Promise<unknown> =>
    new Promise((resolve, reject) =>
      client.emit(event, data, (error: Error | null, result: unknown) =>
        error ? reject(error) : resolve(result),
      ),
    );
  return {
    status,
    worker: Number(await call('whoami')),
    call,
    authenticate: (signed) =>
      new Promise((resolve) =>
        client.authenticate(signed, (_error: unknown, state?: { isAuthenticated: boolean }) =>
          resolve(state?.isAuthenticated === true),
        ),
      ),
    hasToken: () => kept !== null && client.authState === 'authenticated',
  };
}

async function connect20(token: string | null): Promise<Client> {
  let kept = token;
  const client = create(20, {
    hostname: '127.0.0.1',
    port: cluster.port,
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
  open.push(() => client.disconnect());
  const status = await client.listener('connect').once(10_000);
  return {
    status,
    worker: Number(await client.invoke('whoami')),
    call: (event, data) => client.invoke(event, data),
    authenticate: (signed) =>
      client.authenticate(signed).then(
        (state: { isAuthenticated: boolean }) => state.isAuthenticated,
        () => false,
      ),
    hasToken: () => kept !== null && client.authState === 'authenticated',
  };
}

/** Clients of both versions on both workers, in the order 14 and 20 on worker 0, 14 and 20 on worker 1. */
async function connectAll(token: string | null = null): Promise<[Client, Client, Client, Client]> {
  const clients: Client[] = [];
  for (const worker of [0, 1]) {
    for (const connect of [connect14, connect20]) {
      clients.push(await connectTo(worker, connect, token));
    }
  }
  return clients as [Client, Client, Client, Client];
}

async function connectTo(worker: number, connect = connect20, token: string | null = null): Promise<Client> {
  for (;;) {
    const client = await connect(token);
    if (client.worker === worker) return client;
  }
}

/** Kills a process and waits until its successor is ready. */
async function replace(role: 'worker' | 'broker', id: number): Promise<void> {
  const started = once(cluster, `${role}Start`);
  process.kill(pids.get(`${role} ${id}`)!, 'SIGKILL');
  expect((await started)[0]).toMatchObject({ id, respawn: true });
}

test('a token signed by one worker is good on all, though the cluster was given no key', async () => {
  const [first] = await connectAll();
  const signed = String(await first.call('login', { name: 'key' }));
  const all = await connectAll(signed);
  expect(all.map(({ status }) => status.isAuthenticated)).toEqual([true, true, true, true]);
});

test('a client needs no way back to the worker it was on: token, channel and calls are served by any', async () => {
  const heard: unknown[] = [];
  const traveller = new BareClient(cluster.port, {
    channels: ['journey'],
    heard: (_channel, data) => heard.push(data),
  });
  const publisher = new BareClient(cluster.port);
  open.push(
    () => traveller.end(),
    () => publisher.end(),
  );
  const isReady = (): Promise<void> => vi.waitFor(() => expect(traveller.isReady).toBe(true), PATIENCE);
  await isReady();
  await vi.waitFor(() => expect(publisher.isReady).toBe(true), PATIENCE);
  const signed = await traveller.call('login', { name: 'traveller' });
  const seen = new Set<unknown>();
  while (seen.size < 2) {
    const { losses } = traveller;
    traveller.socket.terminate();
    await vi.waitFor(() => expect(traveller.losses).toBe(losses + 1), PATIENCE);
    await isReady();
    seen.add(await traveller.call('whoami'));
    expect(await traveller.call('#authenticate', signed)).toMatchObject({ isAuthenticated: true });
    heard.length = 0;
    await publisher.call('#publish', { channel: 'journey', data: seen.size });
    await vi.waitFor(() => expect(heard).toEqual([seen.size]), PATIENCE);
  }
});

test('a revoked token is taken from clients of all workers and refused on all; other tokens stay', async () => {
  const [first] = await connectAll();
  const signed = String(await first.call('login', { name: 'one' }));
  const other = String(await first.call('login', { name: 'other' }));
  const holders = await connectAll(signed);
  const others = await connectAll(other);
  await holders[1].call('revoke', signed);

  await vi.waitFor(() => expect(holders.some((client) => client.hasToken())).toBe(false), PATIENCE);
  expect(others.every((client) => client.hasToken())).toBe(true);
  const gone = async () => ((await first.call('gone', 'one')) ?? []) as number[];
  await vi.waitFor(
    async () => expect((await gone()).length).toBeGreaterThanOrEqual(holders.length),
    PATIENCE,
  );
  expect(new Set(await gone())).toEqual(new Set([0, 1]));
  expect(await first.call('gone', 'other')).toBeUndefined();

  for (const client of await connectAll(signed)) {
    expect(client.status).toMatchObject({ isAuthenticated: false, authError: { message: 'jwt revoked' } });
    expect(client.hasToken()).toBe(false);
    expect(await client.authenticate(signed)).toBe(false);
    expect(await client.authenticate(other)).toBe(true);
  }
});

test('tokens revoked by a claim go everywhere, those signed later are good', async () => {
  const [first, , elsewhere] = await connectAll();
  const old = [];
  for (const device of [1, 2]) old.push(String(await first.call('login', { sub: 'bob', device })));
  const eve = String(await first.call('login', { sub: 'eve' }));
  const holders = await Promise.all(old.map((signed) => connect20(signed)));
  await elsewhere.call('revokeAll', { sub: 'bob' });
  const young = String(await first.call('login', { sub: 'bob', device: 1 }));
  await vi.waitFor(() => expect(holders.some((client) => client.hasToken())).toBe(false), PATIENCE);
  for (const client of await connectAll()) {
    const accepted = [];
    for (const signed of [...old, eve, young]) accepted.push(await client.authenticate(signed));
    expect(accepted).toEqual([false, false, true, true]);
  }
});

test('revokeToken() resolves when the last worker has taken it, however busy that is', async () => {
  const [asker, other, blocked] = await connectAll();
  const signed = String(await other.call('login', { name: 'busy' }));
  const file = join(folder, 'go-on');
  onTestFinished(() => writeFile(file, '')); // whatever happens, nobody is left blocked
  void blocked.call('block', file).catch(() => undefined);
  await vi.waitFor(async () => expect(await asker.call('isBlocked')).toBe(true), PATIENCE);
  const resolved = vi.fn();
  const revoked = asker.call('revoke', signed).then(resolved);
  for (let round = 0; round < 20; round += 1) {
    await other.call('gone', `through both brokers ${round}`);
  }
  expect(await other.authenticate(signed)).toBe(false); // where it was asked for it is done
  expect(resolved).not.toHaveBeenCalled();
  await writeFile(file, '');
  await revoked;
  expect(await blocked.authenticate(signed)).toBe(false);
});

test('a revoked token stays revoked when a worker or one of the brokers is replaced, each in turn', async () => {
  const [first] = await connectAll();
  const signed = String(await first.call('login', { name: 'after' }));
  const good = String(await first.call('login', { name: 'good' }));
  await first.call('revoke', signed);
  await replace('broker', 0);
  await replace('worker', 1);
  const reborn = await connectTo(1, connect20, signed);
  expect(reborn.status).toMatchObject({ isAuthenticated: false, authError: { message: 'jwt revoked' } });
  expect(await reborn.authenticate(good)).toBe(true);
  // What broker 0 tells the next worker it has been told anew by those that knew.
  await replace('broker', 1);
  await replace('worker', 0);
  const last = await connectTo(0, connect14, signed);
  expect(last.status).toMatchObject({ isAuthenticated: false });
  expect(await last.authenticate(signed)).toBe(false);
  expect(await last.authenticate(good)).toBe(true);
});

test('revokeToken() needs one broker of two', async () => {
  const [first] = await connectAll();
  const signed = String(await first.call('login', { name: 'while away' }));
  const replaced = replace('broker', 1);
  await first.call('revoke', signed);
  await replaced;
  for (const client of await connectAll(signed)) expect(client.status.isAuthenticated).toBe(false);
});
