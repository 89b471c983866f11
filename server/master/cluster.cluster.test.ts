import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, connect as dial } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { ClusterState } from '../observe/index.ts';
import { PATIENCE, upgradeWith } from '../testing.ts';
import { Cluster } from './cluster.ts';
import type { ProcessEvent } from './roles/index.ts';

const CONTROLLER = `
module.exports.run = function (worker) {
  const scServer = worker.getSCServer();
  worker.getHTTPServer().on('request', (request, response) => response.end('worker ' + worker.id));
  scServer.on('connection', (socket) => {
    socket.on('crash', () => { throw new Error('planted crash'); });
    socket.on('whoami', (data, respond) => respond(null, worker.id));
  });
};`;

let folder: string;
let controller: string;
let cluster: Cluster;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cluster-test-'));
  controller = join(folder, 'worker.cjs');
  await writeFile(controller, CONTROLLER);
  cluster = new Cluster({ port: 0, workers: 2, brokers: 2, workerController: controller });
  await cluster.start();
});

afterAll(async () => {
  await cluster.stop();
  await rm(folder, { recursive: true });
});

const url = (): string => `ws://127.0.0.1:${cluster.port}/socketcluster/`;

/** A raw client that has done its handshake. */
async function connect(): Promise<{ socket: WebSocket; worker: string }> {
  const socket = new WebSocket(url());
  let worker = '';
  socket.on('upgrade', (response) => {
    worker = String(response.headers['sc-worker']);
  });
  await once(socket, 'open');
  socket.send('{"event":"#handshake","data":{"authToken":null},"cid":1}');
  await once(socket, 'message');
  return { socket, worker };
}

async function fetchState(): Promise<ClusterState> {
  const response = await fetch(`http://127.0.0.1:${cluster.adminPort}/state`);
  return (await response.json()) as ClusterState;
}

const pidOf = ({ processes }: ClusterState, role: string, id: number): number | undefined =>
  processes.find((process) => process.role === role && process.id === id)?.pid;

const nextEvent = (
  event: 'workerExit' | 'workerStart' | 'brokerExit' | 'brokerStart',
): Promise<ProcessEvent> => new Promise((resolve) => cluster.once(event, resolve));

test('SocketCluster tells its state: every process with its figures', async () => {
  await vi.waitFor(async () => expect((await fetchState()).processes).toHaveLength(5), PATIENCE);
  const state = await fetchState();
  expect(state).toMatchObject({ version: 1, phase: 'ready', port: cluster.port, restarts: [] });
  for (const each of state.processes) {
    expect(each).toMatchObject({
      pid: expect.any(Number),
      cpuMicros: expect.any(Number),
      rssBytes: expect.any(Number),
      eventLoop: { p50: expect.any(Number), p99: expect.any(Number) },
      gcMs: expect.any(Number),
      connections: expect.any(Number),
      messagesIn: expect.any(Number),
      messagesOut: expect.any(Number),
    });
    expect(each.rssBytes).toBeGreaterThan(10_000_000);
  }
  expect(new Set(state.processes.map(({ pid }) => pid)).size).toBe(5);
});

test('SocketCluster deals connections out evenly', async () => {
  // One after another: of many at once, a worker that happens to be busier takes one or two fewer.
  const clients: Awaited<ReturnType<typeof connect>>[] = [];
  while (clients.length < 40) {
    clients.push(await connect());
  }
  const shares = [0, 1].map((id) => clients.filter(({ worker }) => worker === String(id)).length);
  expect(Math.max(...shares)).toBeLessThanOrEqual(21);
  for (const { socket } of clients) {
    socket.terminate();
  }
});

test('SocketCluster answers upgrades it cannot take with a status and a reason', async () => {
  const answer = async (path: string, headers = {}): Promise<number | undefined> => {
    const socket = new WebSocket(`ws://127.0.0.1:${cluster.port}${path}`, { headers });
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode?: number }];
    return response.statusCode;
  };
  expect(await answer('/elsewhere')).toBe(400);
  expect(await answer('/socketcluster/more')).toBe(400);
});

test('SocketCluster takes the path without its last slash and with a query', async () => {
  for (const path of ['/socketcluster', '/socketcluster/?a=b', '/socketcluster?a=b']) {
    const socket = new WebSocket(`ws://127.0.0.1:${cluster.port}${path}`);
    await once(socket, 'open');
    socket.terminate();
  }
});

test("SocketCluster leaves plain requests to the application's HTTP server", async () => {
  const response = await fetch(`http://127.0.0.1:${cluster.port}/`);
  expect(await response.text()).toMatch(/^worker [01]$/);
});

test('no input takes a worker down', async () => {
  const before = await fetchState();
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .record({
        event: fc.constantFrom(
          '#handshake',
          '#subscribe',
          '#unsubscribe',
          '#publish',
          '#authenticate',
          '__proto__',
          'x',
        ),
        data: fc.jsonValue(),
        cid: fc.jsonValue(),
      })
      .map((packet) => JSON.stringify(packet)),
    fc
      .array(fc.record({ event: fc.string(), data: fc.jsonValue() }))
      .map((packets) => JSON.stringify(packets)),
    fc.constantFrom(
      '#1',
      '#2',
      '',
      '1',
      '2',
      '[[[[]]]]',
      '{"rid":1,"error":{}}',
      '{"event":"#disconnect","data":null}',
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 20 }), fc.boolean(), async (messages, withHandshake) => {
      const socket = new WebSocket(url());
      await once(socket, 'open');
      const messagesToSend = withHandshake ? ['{"event":"#handshake","cid":1}', ...messages] : messages;
      for (const message of messagesToSend) {
        socket.send(message);
      }
      socket.close();
      await once(socket, 'close');
    }),
    { numRuns: 100 },
  );
  const oversized = new WebSocket(url());
  await once(oversized, 'open');
  oversized.send('x'.repeat(300 * 1024));
  expect((await once(oversized, 'close'))[0]).toBe(1009);
  const after = await fetchState();
  expect(after.restarts).toEqual(before.restarts);
  expect(pidOf(after, 'worker', 0)).toBe(pidOf(before, 'worker', 0));
});

test('broken frames end their own connection and nothing else', async () => {
  const { socket: witness } = await connect();
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 2, maxLength: 200 }), async (bytes) => {
      const raw = dial(cluster.port, '127.0.0.1');
      raw.on('error', () => undefined);
      raw.write(upgradeWith());
      await once(raw, 'data');
      raw.end(bytes);
      await once(raw, 'close');
    }),
    { numRuns: 100 },
  );
  expect(witness.readyState).toBe(WebSocket.OPEN);
  witness.terminate();
});

test('a worker that crashes leaves its last words and is started again on the same port', async () => {
  const exit = nextEvent('workerExit');
  const start = nextEvent('workerStart');
  const { socket, worker } = await connect();
  socket.send('{"event":"crash"}');
  expect((await once(socket, 'close'))[0]).toBe(1006);
  expect(await exit).toMatchObject({ id: Number(worker), code: 1, expected: false });
  expect((await exit).lastWords).toContain('planted crash');
  expect(await start).toMatchObject({ id: Number(worker), respawn: true });
  const workers = await Promise.all(Array.from({ length: 10 }, connect));
  expect(new Set(workers.map((each) => each.worker))).toEqual(new Set(['0', '1']));
  for (const each of workers) {
    each.socket.terminate();
  }
  expect((await fetchState()).restarts.at(-1)?.lastWords).toContain('planted crash');
});

test('a broker that is killed comes back with its subscriptions', async () => {
  const { socket } = await connect();
  const heard: string[] = [];
  socket.on('message', (data: Buffer) => heard.push(data.toString()));
  for (let n = 0; n < 8; n += 1) {
    socket.send(JSON.stringify({ event: '#subscribe', data: `c${n}`, cid: n + 2 }));
  }
  await vi.waitFor(() => expect(heard.filter((text) => text.includes('rid'))).toHaveLength(8), PATIENCE);
  const start = nextEvent('brokerStart');
  process.kill(pidOf(await fetchState(), 'broker', 0) ?? 0, 'SIGKILL');
  await start;
  for (let n = 0; n < 8; n += 1) {
    socket.send(JSON.stringify({ event: '#publish', data: { channel: `c${n}`, data: 1 }, cid: n + 20 }));
  }
  await vi.waitFor(() => expect(heard.filter((text) => text.includes('#publish'))).toHaveLength(8), PATIENCE);
  socket.terminate();
});

test('rollWorkers() replaces every worker while clients can always connect', async () => {
  const pidsOf = (state: ClusterState): unknown[] => [0, 1].map((id) => pidOf(state, 'worker', id));
  const before = await fetchState();
  let isDone = false;
  const rolled = cluster.rollWorkers().finally(() => {
    isDone = true;
  });
  const ends = { answered: 0, sentAway: 0 };
  while (!isDone) {
    const socket = new WebSocket(url());
    await once(socket, 'open');
    socket.send('{"event":"#handshake","data":{"authToken":null},"cid":1}');
    const closed = once(socket, 'close');
    const [code] = await Promise.race([once(socket, 'message'), closed]);
    expect(code instanceof Buffer || code === 1001).toBe(true);
    ends[code === 1001 ? 'sentAway' : 'answered'] += 1;
    socket.terminate();
    await closed;
  }
  await rolled;
  expect(ends.answered).toBeGreaterThan(1);
  const after = await vi.waitFor(async () => {
    const state = await fetchState();
    expect(new Set([...pidsOf(before), ...pidsOf(state)]).size).toBe(4);
    return state;
  }, PATIENCE);
  expect(after.restarts).toEqual(before.restarts); // asked for, so no crash
});

test('stop() sends clients away with a code that brings them back', async () => {
  const other = new Cluster({ port: 0, workers: 1, workerController: controller });
  await other.start();
  const socket = new WebSocket(`ws://127.0.0.1:${other.port}/socketcluster/`);
  await once(socket, 'open');
  const closed = once(socket, 'close');
  await other.stop();
  expect((await closed)[0]).toBe(1001);
  await expect(fetch(`http://127.0.0.1:${other.adminPort}/ready`)).rejects.toThrow();
});

test('stop() during start() leaves nothing running, at whatever moment it comes', async () => {
  for (const moment of ['at once', 'brokerStart', 'workerStart'] as const) {
    const other = new Cluster({ port: 0, workers: 2, brokers: 2, workerController: controller });
    const running = new Set<number>();
    for (const role of ['broker', 'worker'] as const) {
      other.on(`${role}Start`, ({ pid }) => running.add(pid));
      other.on(`${role}Exit`, ({ pid }) => running.delete(pid));
    }
    const started = other.start();
    const refused = expect(started).rejects.toMatchObject({ code: 'RUN_INTERRUPTED' });
    if (moment !== 'at once') {
      await once(other, moment);
    }
    await other.stop();
    await refused;
    expect(other.state().phase).toBe('draining');
    expect([...running]).toEqual([]);
    if (other.adminPort > 0) {
      await expect(fetch(`http://127.0.0.1:${other.adminPort}/ready`)).rejects.toThrow();
    }
  }
});

test('start() says which port is in use and leaves nothing running', async () => {
  const blocker = createServer().listen(0);
  await once(blocker, 'listening');
  const { port } = blocker.address() as { port: number };
  const other = new Cluster({ port, workerController: controller });
  await expect(other.start()).rejects.toMatchObject({
    code: 'PORT_IN_USE',
    message: `Cannot listen on port ${port}: another process listens there`,
  });
  blocker.close();
});

test('start() says what is wrong with a controller', async () => {
  const empty = join(folder, 'empty.cjs');
  await writeFile(empty, 'module.exports = {};');
  for (const [file, message] of [
    [empty, 'exports no function named run'],
    [join(folder, 'missing.js'), 'Cannot load worker controller'],
  ] as const) {
    const other = new Cluster({ port: 0, workerController: file });
    await expect(other.start()).rejects.toMatchObject({
      code: 'CONTROLLER_INVALID',
      message: expect.stringContaining(message),
    });
  }
});
