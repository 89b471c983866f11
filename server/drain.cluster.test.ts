/** Real clusters that end in peace: what the published client 20 notices of it, and who watches over it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeFolder } from './create/testing.ts';
import { SocketCluster } from './index.ts';
import type { ClusterState } from './observe/index.ts';
import type { OptionsInput } from './options/index.ts';
import { entry } from './process/index.ts';
import { makeCertificate, PATIENCE, upgradeWith } from './testing.ts';

const CONTROLLER = `
export function run(worker) {
  const ending = new Promise((resolve) => worker.once('exit', () => setTimeout(resolve, 300)));
  worker.getHTTPServer().on('request', (request, response) => response.end('page'));
  worker.getSCServer().on('connection', (socket) => {
    socket.on('whoami', (data, respond) => respond(null, worker.options.appName));
    socket.on('slow', (data, respond) => void ending.then(() => respond(null, data)));
  });
}`;

interface Stream<Value> extends AsyncIterable<Value> {
  once(withinMs?: number): Promise<Value>;
}

/** The part of client 20 that is used here. */
interface Client20 {
  listener(event: string): Stream<{ code?: number }>;
  invoke(event: string, data?: unknown): Promise<unknown>;
  disconnect(): void;
  readonly pendingReconnect: boolean;
  readonly state: string;
}

const require = createRequire(import.meta.url);
const v20 = require('socketcluster-client-v20') as { create(options: object): Client20 };

/** A client that comes back as fast as it may, and what it has noticed. */
class Witness {
  readonly client: Client20;
  readonly codes: (number | undefined)[] = [];
  readonly leftAt: number[] = [];
  readonly cameAt: number[] = [];
  readonly errors: unknown[] = [];

  constructor(port: number, options: object = {}) {
    const back = { initialDelay: 20, randomness: 0, multiplier: 1, maxDelay: 20 };
    const target = { hostname: '127.0.0.1', port, autoReconnectOptions: back, ...options };
    this.client = v20.create({ ...target, wsOptions: { rejectUnauthorized: false } });
    onTestFinished(() => this.client.disconnect());
    void this.#note('connect', () => this.cameAt.push(performance.now()));
    void this.#note('error', (error) => this.errors.push(error));
    void this.#note('disconnect', ({ code }) => {
      this.codes.push(code);
      this.leftAt.push(performance.now());
    });
  }

  async #note(event: string, note: (details: { code?: number }) => void): Promise<void> {
    for await (const details of this.client.listener(event)) note(details);
  }

  /** Resolves when it is connected and the server has answered. */
  async whoami(): Promise<unknown> {
    return this.client.invoke('whoami');
  }
}

/** A cluster in processes of its own, as a supervisor starts it. */
class Host {
  readonly child: ChildProcess;
  readonly exit: Promise<unknown[]>;
  port = 0;
  adminPort = 0;

  constructor(optionsFile: string) {
    const words = [entry('server/cli.js'), 'run', '--port', '0', '--options', optionsFile];
    this.child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.exit = once(this.child, 'exit');
    onTestFinished(async () => {
      this.child.kill('SIGKILL');
      await this.exit;
    });
  }

  static async start(appName: string, options: OptionsInput | object): Promise<Host> {
    const folder = await makeFolder();
    const workerController = join(folder, 'worker.mjs');
    await writeFile(workerController, CONTROLLER);
    const file = join(folder, 'options.json');
    await writeFile(file, JSON.stringify({ appName, logLevel: 3, workerController, ...options }));
    const host = new Host(file);
    Object.assign(host, await host.#ready());
    return host;
  }

  async status(path: string): Promise<number> {
    return (await fetch(`http://127.0.0.1:${this.adminPort}${path}`)).status;
  }

  async state(): Promise<ClusterState> {
    return (await (await fetch(`http://127.0.0.1:${this.adminPort}/state`)).json()) as ClusterState;
  }

  /** Resolves with the first state in which a worker has told of a client it has sent away. */
  begun(): Promise<ClusterState> {
    return vi.waitFor(async () => {
      const state = await this.state();
      expect(state.sentAway).toBeGreaterThan(0);
      return state;
    }, PATIENCE);
  }

  async #ready(): Promise<{ port: number; adminPort: number }> {
    let text = '';
    const { stderr } = this.child;
    for await (const chunk of stderr?.iterator({ destroyOnReturn: false }) ?? []) {
      text += String(chunk);
      const line = text.split('\n').find((each) => each.includes('"msg":"ready"') && each.endsWith('}'));
      if (line !== undefined) {
        stderr?.resume();
        return JSON.parse(line) as { port: number; adminPort: number };
      }
    }
    throw new Error(`The host did not get ready: ${text}`);
  }
}

/** Stands before hosts, as balancers of a cloud do: connections go in turn to those that say that they are ready. */
async function balance(hosts: readonly Host[]): Promise<number> {
  let turn = 0;
  const sockets = new Set<Socket>();
  const choose = async (): Promise<Host | undefined> => {
    turn += 1;
    const inTurn = hosts.map((_, index) => hosts[(turn + index) % hosts.length]);
    for (const host of inTurn) {
      if (host !== undefined && (await host.status('/ready').catch(() => 503)) === 200) return host;
    }
    return undefined;
  };
  const server = createServer({ pauseOnConnect: true }, (client) => {
    void choose().then((host) => {
      const upstream = connect(host?.port ?? 0, '127.0.0.1');
      for (const [one, other] of [
        [client, upstream],
        [upstream, client],
      ] as const) {
        sockets.add(one);
        one.on('error', () => other.destroy());
        one.pipe(other);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}

/** Half of the clients, those of one host, leave over two seconds by the limit, where the window asks for one. */
const CLIENTS = 40;
const LIMIT = 10;
const WINDOW_MS = 1_000;

test('SIGTERM moves the clients of a host to another: unready at once, all answered, as slowly as the limit asks', async () => {
  const options = { workers: 2, drainWindow: WINDOW_MS, drainLimit: LIMIT };
  const hosts = await Promise.all([Host.start('a', options), Host.start('b', options)]);
  const [leaving] = hosts;
  const port = await balance(hosts);
  const witnesses: Witness[] = [];
  while (witnesses.length < CLIENTS) {
    witnesses.push(new Witness(port));
    await witnesses.at(-1)?.whoami();
  }
  const homes = await Promise.all(witnesses.map((witness) => witness.whoami()));
  const moving = witnesses.filter((_, index) => homes[index] === 'a');
  expect(moving).toHaveLength(CLIENTS / 2);
  // Half a request: a connection without one would be closed before long.
  const [head = '', rest = ''] = upgradeWith().split(/(?=Sec-WebSocket-Key)/);
  const knocking = connect(leaving.port, '127.0.0.1');
  knocking.write(head);
  await once(knocking, 'connect');

  const calls = Promise.all(moving.map(({ client }, index) => client.invoke('slow', index)));
  await vi.waitFor(async () => {
    const workers = (await leaving.state()).processes.filter(({ role }) => role === 'worker');
    // Handshake, two questions and the slow call of each.
    const heard = workers.reduce((sum, { messagesIn }) => sum + messagesIn, 0);
    expect(heard).toBeGreaterThanOrEqual(moving.length * 4);
  }, PATIENCE);
  const signalled = performance.now();
  leaving.child.kill('SIGTERM');
  const state = await leaving.begun();
  expect(state).toMatchObject({ phase: 'draining', draining: true, isReady: false, cutOff: 0 });
  expect(Number(state.left)).toBeGreaterThan(0);
  expect(await leaving.status('/ready')).toBe(503);
  expect(await leaving.status('/live')).toBe(200);
  knocking.write(rest);
  expect(String((await once(knocking, 'data'))[0])).toMatch(/^HTTP\/1\.1 503 .*\r\nRetry-After: \d+\r\n/);
  await expect(fetch(`http://127.0.0.1:${leaving.port}/`)).rejects.toThrow('fetch failed');

  expect(await calls).toEqual(moving.map((_, index) => index));
  expect(await leaving.exit).toEqual([0, null]);
  await vi.waitFor(() => expect(moving.every(({ cameAt }) => cameAt.length === 2)).toBe(true), PATIENCE);
  expect(new Set(await Promise.all(witnesses.map((witness) => witness.whoami())))).toEqual(new Set(['b']));
  expect(moving.map(({ codes }) => codes)).toEqual(moving.map(() => [1001]));
  expect(witnesses.flatMap(({ errors }) => errors)).toEqual([]);
  expect(witnesses.filter((one) => !moving.includes(one)).flatMap(({ codes }) => codes)).toEqual([]);
  // Nobody leaves early, whatever holds this machine up.
  expect(Math.max(...moving.flatMap(({ leftAt }) => leftAt)) - signalled).toBeGreaterThan(1.5 * WINDOW_MS);
  const away = moving.map(({ leftAt, cameAt }) => Number(cameAt[1]) - Number(leftAt[0]));
  expect(Math.max(...away)).toBeLessThan(WINDOW_MS + 1_000);
});

test.each<[string, () => Partial<OptionsInput>]>([
  ['one worker', () => ({})],
  ['two workers that are dealt to', () => ({ workers: 2 })],
  ['two workers that accept by themselves', () => ({ workers: 2, schedulingPolicy: 'none' })],
  ['a worker that ends TLS', () => ({ protocol: 'https', protocolOptions: makeCertificate('secret') })],
  ['two workers behind two balancers', () => ({ workers: 2, balancers: 2 })],
  [
    'two workers behind a balancer that ends TLS',
    () => ({ workers: 2, balancers: 1, protocol: 'https', protocolOptions: makeCertificate('secret') }),
  ],
])(
  'drain() sends the clients of %s away evenly, with their answers, and lets nobody in',
  async (_, options) => {
    const workerController = join(await makeFolder(), 'worker.mjs');
    await writeFile(workerController, CONTROLLER);
    const cluster = new SocketCluster({ port: 0, workerController, drainWindow: WINDOW_MS, ...options() });
    onTestFinished(() => cluster.stop());
    const said: string[] = [];
    cluster.on('info', (text) => said.push(text));
    const warned = vi.fn();
    cluster.on('warning', warned);
    await cluster.start();
    const secure = { secure: cluster.options.protocol === 'https', autoReconnect: false };
    const witnesses = Array.from({ length: 8 }, () => new Witness(cluster.port, secure));
    await Promise.all(witnesses.map((witness) => witness.whoami()));
    const calls = witnesses.map(({ client }) => client.invoke('slow', 'answered'));
    await witnesses[0]?.whoami();

    const asked = performance.now();
    const drained = cluster.drain();
    expect(cluster.stop()).toBe(drained);
    expect(cluster.state()).toMatchObject({ isReady: false, draining: true });
    expect(await Promise.all(calls)).toEqual(witnesses.map(() => 'answered'));
    await drained;
    await vi.waitFor(() => expect(witnesses.flatMap(({ codes }) => codes)).toHaveLength(8), PATIENCE);
    expect(new Set(witnesses.flatMap(({ codes }) => codes))).toEqual(new Set([1001]));
    const times = witnesses.flatMap(({ leftAt }) => leftAt.map((at) => at - asked)).toSorted((a, b) => a - b);
    expect(times[4]).toBeGreaterThan(0.3 * WINDOW_MS);
    expect(times[7]).toBeGreaterThan(0.7 * WINDOW_MS);
    expect(cluster.state()).toMatchObject({ left: 0, sentAway: 8, cutOff: 0 });
    expect(said.at(-1)).toBe('drained: 8 clients were sent away, 0 cut off');
    expect(warned).not.toHaveBeenCalled();
    await expect(fetch(`http://127.0.0.1:${cluster.port}/`)).rejects.toThrow('fetch failed');
  },
);

test('a client 20 of the usual settings takes the 1001 of a drain for a reason to come back, and for no error', async () => {
  const host = await Host.start('a', {});
  const witness = new Witness(host.port, { autoReconnectOptions: {} });
  await witness.whoami();
  host.child.kill('SIGTERM');
  expect(await host.exit).toEqual([0, null]);
  await vi.waitFor(() => expect(witness.codes).toEqual([1001]), PATIENCE);
  expect([witness.client.state, witness.client.pendingReconnect, witness.errors]).toEqual([
    'closed',
    true,
    [],
  ]);
});

test('a second SIGTERM ends a drain at once, and all processes with it', async () => {
  const host = await Host.start('a', { workers: 2, balancers: 1, drainWindow: 600_000 });
  const witnesses = Array.from({ length: 4 }, () => new Witness(host.port, { autoReconnect: false }));
  await Promise.all(witnesses.map((witness) => witness.whoami()));
  host.child.kill('SIGTERM');
  const { left, processes } = await host.begun();
  expect(Number(left)).toBeGreaterThan(0);
  host.child.kill('SIGTERM');
  expect(await host.exit).toEqual([143, null]);
  await vi.waitFor(() => {
    const running = processes.filter(({ pid }) => isRunning(pid)).map(({ role, id }) => `${role} ${id}`);
    expect(running).toEqual([]);
  }, PATIENCE);
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
