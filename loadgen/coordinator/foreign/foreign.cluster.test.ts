/** Whole runs against servers that are not ours, none of them changed. */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer as createPlain, type Server } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { createRequire } from 'node:module';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { entry } from '../../../server/process/index.ts';
import { certificate } from '../../drivers/wire/testing.ts';
import type { Behaviour, DriverName, Scenario } from '../../plan/index.ts';
import type { Second, Summary } from '../../results/index.ts';
import { type RunOutcome, runScenario } from '../run.ts';
import { isSpoiltByMachine, reasonsOfTarget } from '../testing.ts';
import { quickScenario } from './quick.ts';

interface Socket14 {
  on(
    event: string,
    listener: (data: unknown, respond: (error?: Error, data?: unknown) => void) => void,
  ): void;
  emit(event: string, data: unknown): void;
}

interface Socket20 {
  listener(event: 'message'): AsyncIterable<{ message: string }>;
  receiver(event: string): AsyncIterable<unknown>;
  procedure(event: string): AsyncIterable<{ end(data?: unknown): void }>;
  transmit(event: string, data: unknown): void;
}

const require = createRequire(import.meta.url);
const server14 = require('socketcluster-server-v14') as {
  attach(
    server: Server,
    options: object,
  ): { on(event: 'connection', listener: (socket: Socket14) => void): void };
};
const server20 = require('socketcluster-server-v20') as {
  attach(
    server: Server,
    options: object,
  ): { listener(event: 'connection'): AsyncIterable<{ socket: Socket20 }> };
};

/** Several in every run; and nobody is cut off because this machine stood still for a moment. */
const heartbeats = { pingInterval: 300, pingTimeout: 60_000 };
/** Clients that have answered a heartbeat, by the port of their server; forgotten with each run. */
const beating = new Map<number, Set<Socket14 | Socket20>>();
const folder = mkdtempSync(join(tmpdir(), 'foreign-test-'));
const opened: Server[] = [];
/** Connections of all servers, under what they speak. */
const lines = new Set<Socket>();
let runs = 0;

afterAll(async () => {
  for (const server of opened) {
    server.close();
    server.closeAllConnections();
  }
  await rm(folder, { recursive: true });
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(server);
  server.on('connection', (line: Socket) => {
    lines.add(line);
    line.on('close', () => lines.delete(line));
  });
  return portOf(server);
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function noteBeat(server: Server, socket: Socket14 | Socket20): void {
  const beaten = beating.get(portOf(server)) ?? new Set();
  beating.set(portOf(server), beaten.add(socket));
}

/** SocketCluster 14: answers `ping` by `pong`, and calls. */
async function start14(): Promise<number> {
  const server = createPlain();
  server14.attach(server, heartbeats).on('connection', (socket) => {
    let count = 0;
    socket.on('message', (message) => message === '#2' && noteBeat(server, socket));
    socket.on('ping', () => {
      count += 1;
      socket.emit('pong', { count });
    });
    socket.on('call', (data, respond) => respond(undefined, data));
  });
  return listen(server);
}

/** SocketCluster 20, which does the same. */
async function start20(path = '/socketcluster/'): Promise<number> {
  const server = createPlain();
  const realtime = server20.attach(server, { ...heartbeats, path });
  void each(realtime.listener('connection'), ({ socket }) => {
    let count = 0;
    void each(socket.listener('message'), ({ message }) => message === '' && noteBeat(server, socket));
    void each(socket.receiver('ping'), () => {
      count += 1;
      socket.transmit('pong', { count });
    });
    void each(socket.procedure('call'), (request) => request.end({ done: true }));
  });
  return listen(server);
}

async function each<Value>(stream: AsyncIterable<Value>, take: (value: Value) => unknown): Promise<void> {
  for await (const value of stream) take(value);
}

/** A server of `ws` alone that says everything again. */
function startEcho(server: Server = createPlain()): Promise<number> {
  new WebSocketServer({ server }).on('connection', (socket) => {
    socket.on('error', () => {});
    socket.on('message', (bytes: Buffer) => socket.send(bytes.toString()));
  });
  return listen(server);
}

/** Takes everybody, and answers every second user only or drops all of them a moment later. */
async function startFaulty(fault: 'mute' | 'drops'): Promise<number> {
  const server = createPlain();
  let count = 0;
  new WebSocketServer({ server }).on('connection', (socket) => {
    count += 1;
    socket.on('error', () => {});
    if (fault === 'drops') setTimeout(() => socket.close(1_000), 30);
    else if (count % 2 === 0) socket.on('message', (bytes: Buffer) => socket.send(bytes.toString()));
  });
  return listen(server);
}

/** Speaks SocketCluster, and never confirms a subscription, or delivers everything to everybody. */
async function startOdd(oddity: 'silent' | 'leaky'): Promise<number> {
  const server = createPlain();
  const sockets = new WebSocketServer({ server }).on('connection', (socket) => {
    socket.on('error', () => {});
    socket.on('message', (bytes: Buffer) => {
      const { event, data, cid } = JSON.parse(bytes.toString()) as Record<string, unknown>;
      const isKept = event === '#subscribe' && oddity === 'silent';
      if (cid !== undefined && !isKept) socket.send(JSON.stringify({ rid: cid, data: {} }));
      if (event !== '#publish') return;
      for (const client of sockets.clients) client.send(JSON.stringify({ event, data }));
    });
  });
  return listen(server);
}

interface RunChanges {
  insecure?: boolean;
  rate?: number;
  second?: (second: Second) => void;
}

function run(
  scenario: Scenario,
  target: string | undefined,
  { insecure = false, rate, second = () => {} }: RunChanges = {},
): Promise<RunOutcome> {
  runs += 1;
  const request = { scenario: { scenario, folder }, overrides: { rate }, target, insecure, command: 'test' };
  const silent = { begin: () => {}, second, trouble: (text: string) => expect.fail(text) };
  return runScenario({ ...request, out: join(folder, `${runs}`) }, silent, new AbortController().signal);
}

function scenario(behaviour: Behaviour, changes: Partial<Scenario> = {}): Scenario {
  return {
    name: 'foreign',
    question: 'Does it work?',
    users: 12,
    ramp: 12,
    settle: 1,
    duration: 2,
    behaviour,
    target: { workers: 1, brokers: 1, controller: 'none' },
    rules: [],
    ...changes,
  };
}

/** What has to be so whatever the server: nobody failed, nothing was lost, and the counts agree. */
function expectWhole({ run: { summary } }: RunOutcome): void {
  const { users, messages } = summary;
  expect(users).toMatchObject({ peak: users.target, failed: {}, dropped: {} });
  const lost = { timedOut: 0, lost: 0, duplicated: 0, reordered: 0, inFlight: 0, errors: 0 };
  expect(messages).toMatchObject({ ...lost, pushLost: 0, pushDuplicated: 0, pushReordered: 0 });
  expect(messages.received).toBe(messages.sent);
  expect(messages.sent + messages.published).toBeGreaterThan(users.target);
  expect(summary.workers).toMatchObject([{ id: '-' }]);
}

/** Of a target that failed, and only a busy machine may have made its run invalid besides. */
function expectFailure(summary: Summary, exitCode: number): void {
  expect(exitCode).toBe(isSpoiltByMachine(summary) ? 112 : 99);
}

/** And of a server with heartbeats: everybody answered them. */
function expectAlive(outcome: RunOutcome): void {
  expectWhole(outcome);
  const { header, summary } = outcome.run;
  const port = Number(new URL(header.target.url).port);
  expect(beating.get(port)?.size).toBe(summary.users.target);
  beating.delete(port);
}

const pings: Behaviour = { kind: 'ping-pong', payload: { text: 'hello' }, every: 0.25 };
const calls: Behaviour = { kind: 'calls', payload: { text: 'hello' }, every: 0.25 };
const channels: Behaviour = { kind: 'channels', channels: 3, subscriptions: 1, publishers: 0.5, every: 0.25 };

test.concurrent.each([
  ['14', start14, 1],
  ['20', start20, 2],
] as const)('SocketCluster %s answers users of both drivers', async (_version, start, protocolVersion) => {
  const url = `ws://127.0.0.1:${await start()}`;
  for (const behaviour of [pings, calls, channels]) expectAlive(await run(scenario(behaviour), url));
  const driver: DriverName = 'socketcluster-client';
  expectAlive(await run(scenario(pings, { driver, protocolVersion }), url));
  const quick = await quickScenario(url, { users: 6, duration: 1 });
  expect(quick.driver).toBe('socketcluster');
  expectAlive(await run(quick, url, { rate: 5 }));
});

test('a SocketCluster server at the path / answers users of both drivers', async () => {
  const url = `ws://127.0.0.1:${await start20('/')}/`;
  for (const driver of ['socketcluster', 'socketcluster-client'] as const) {
    expectAlive(await run(scenario(pings, { driver }), url));
  }
  const quick = await quickScenario(url, { users: 6, duration: 1 });
  expect(quick.driver).toBe('socketcluster');
  expectAlive(await run(quick, url, { rate: 5 }));
});

test.concurrent('a plain WebSocket server answers, under TLS as well', async () => {
  const url = `ws://127.0.0.1:${await startEcho()}/`;
  const quick = await quickScenario(url, { users: 6, duration: 1 });
  expect(quick.driver).toBe('websocket');
  expectWhole(await run(quick, url, { rate: 5 }));
  const correlated: Behaviour = { kind: 'messages', message: '{"id":{{id}}}', correlate: 'id', every: 0.2 };
  const secure = `wss://localhost:${await startEcho(createSecure(certificate))}/`;
  expectWhole(await run(scenario(correlated, { driver: 'websocket' }), secure, { insecure: true }));
});

test.concurrent.each([
  ['SocketCluster 14', start14, channels],
  ['SocketCluster 20', start20, channels],
  // Far enough apart that a user has one under way at the most.
  ['a plain WebSocket server', startEcho, { kind: 'messages', message: 'hello', every: 1 }],
] as [string, () => Promise<number>, Behaviour][])(
  'users that %s drops come back, and nothing is called lost but what was under way',
  async (_name, start, behaviour) => {
    const port = await start();
    const url = `ws://127.0.0.1:${port}`;
    const driver: DriverName = behaviour.kind === 'messages' ? 'websocket' : 'socketcluster';
    let isDropped = false;
    const drop = ({ users }: Second): void => {
      if (isDropped || users.open < 12) return;
      isDropped = true;
      for (const line of lines) if (line.localPort === port) line.destroy();
    };
    const plan = scenario(behaviour, { driver, duration: 4, reconnects: { initial: 0.2, randomness: 0.2 } });
    const { timeline, summary } = (await run(plan, url, { second: drop })).run;
    expect(timeline.reduce((sum, { users }) => sum + users.dropped, 0)).toBe(12);
    expect(timeline.reduce((sum, { users }) => sum + users.returned, 0)).toBe(12);
    expect(timeline.at(-1)!.users.open).toBe(12);
    expect(summary.users).toMatchObject({ peak: 12, failed: {} });
    const { messages } = summary;
    const wrong = { timedOut: 0, duplicated: 0, pushLost: 0, pushDuplicated: 0, pushReordered: 0 };
    expect(messages).toMatchObject(wrong);
    expect(messages.lost).toBeLessThanOrEqual(12);
  },
);

test('a server that answers every second user does not pass for the answers it gives', async () => {
  const url = `ws://127.0.0.1:${await startFaulty('mute')}/`;
  const quick = await quickScenario(url, { users: 6, duration: 2, driver: 'websocket' });
  const { run: finished, exitCode } = await run({ ...quick, answerWithin: 1 }, url, { rate: 4 });
  const { messages, verdict } = finished.summary;
  expect(messages.received).toBeGreaterThan(0);
  expect(messages.timedOut).toBeGreaterThan(0);
  expectFailure(finished.summary, exitCode);
  expect(verdict.reasons.join('\n')).toMatch(/\d % of the messages were not answered/);
});

test('a server that drops every user at once fails, though each of them got in', async () => {
  const url = `ws://127.0.0.1:${await startFaulty('drops')}/`;
  const idle = scenario({ kind: 'idle' }, { driver: 'websocket', rules: ['users.failed == 0'] });
  const { run: finished, exitCode } = await run(idle, url);
  const { summary } = finished;
  expect(summary.rules).toMatchObject([{ ok: isSpoiltByMachine(summary) ? null : true }]);
  const stayed = /^No user stayed on the target: 12 connected, 12 /;
  expect(reasonsOfTarget(summary)).toEqual([expect.stringMatching(stayed)]);
  expectFailure(summary, exitCode);
});

test.each([
  ['never confirms a subscription', 'silent', /12 connected, 12 unconfirmed$/],
  ['delivers to whoever did not ask', 'leaky', /had not asked for their channel$/],
] as const)('a server that %s fails', async (_, oddity, reason) => {
  const url = `ws://127.0.0.1:${await startOdd(oddity)}/`;
  const { run: finished, exitCode } = await run(scenario(channels, { answerWithin: 1 }), url);
  expect(finished.summary.verdict.reasons).toContainEqual(expect.stringMatching(reason));
  expectFailure(finished.summary, exitCode);
});

test('publishers whom nobody listens to do not fail for want of deliveries', async () => {
  const url = `ws://127.0.0.1:${await start20()}`;
  const alone: Behaviour = { ...channels, subscribers: 0, publishers: 1 };
  const { summary } = (await run(scenario(alone), url)).run;
  expect(summary.messages.published).toBeGreaterThan(12);
  expect(summary.messages).toMatchObject({ subscribed: 0, pushed: 0, pushUnasked: 0 });
  expect(reasonsOfTarget(summary)).toEqual([]);
});

test('the same plan makes the same messages by both drivers', async () => {
  const controller = entry('scenarios/controllers/ping-pong.js');
  const plan = scenario(pings, { target: { workers: 2, brokers: 1, controller } });
  const told = [];
  for (const driver of ['socketcluster', 'socketcluster-client'] as const) {
    const { run: finished } = await run({ ...plan, driver }, undefined);
    const { users, messages, workers } = finished.summary;
    expect(finished.header.generator.driver).toBe(driver);
    expect(messages.received).toBe(messages.sent);
    told.push({
      hash: finished.header.planHash,
      users,
      // Of the first turns some find their user not connected yet.
      due: messages.sent + messages.unsent,
      lost: messages.lost + messages.timedOut + messages.duplicated + messages.reordered,
      workers: workers.map(({ id, peakConnections }) => [id, peakConnections]),
    });
  }
  expect(told[1]).toEqual(told[0]);
  expect(told[0]).toMatchObject({
    users: { peak: 12 },
    lost: 0,
    workers: [
      ['0', 6],
      ['1', 6],
    ],
  });
});

test('a target that speaks something else is refused before the load', async () => {
  const web = `ws://127.0.0.1:${await listen(createPlain((_request, response) => response.end('hello')))}/`;
  const refused = { code: 'TARGET_UNREACHABLE', exitCode: 113 };
  await expect(run(scenario(pings), web)).rejects.toMatchObject(refused);
  const secure = `wss://localhost:${await startEcho(createSecure(certificate))}/`;
  const idle = scenario({ kind: 'idle' }, { driver: 'websocket' });
  await expect(run(idle, secure)).rejects.toMatchObject(refused);
  const messages = scenario({ kind: 'messages', message: 'hello', every: 1 }, { driver: 'websocket' });
  const path = '/socketcluster/';
  for (const port of [await start14(), await start20()]) {
    const told = run(messages, `ws://127.0.0.1:${port}${path}`);
    await expect(told).rejects.toThrow('wanted is --driver socketcluster');
    const lost = run(scenario(pings), `ws://127.0.0.1:${port}/nowhere/`);
    await expect(lost).rejects.toMatchObject({
      ...refused,
      message: expect.stringMatching(/HTTP status 400/),
    });
  }
});
