import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { type Child, type Exit, entry, startChild } from '../../server/process/index.ts';
import { FACT, startTarget, type TargetOptions, type TestTarget } from '../drivers/testing.ts';
import type { Share } from '../plan/index.ts';
import { gapOf, pingPong, planOf } from '../plan/testing.ts';
import { checkConservation, type Totals, type Window } from '../results/index.ts';
import type { AgentOrder, AgentReport } from './index.ts';

/** Two hundred users within a second, each with four messages a second, for two seconds more. */
function shareOf(port: number, process: number, processes: number): Share {
  const full = { from: 1, to: 1 };
  const plan = planOf({
    seed: 3,
    users: 200,
    ramp: 200,
    behaviour: pingPong({ every: gapOf({ mean: 0.25 }) }),
    phases: [
      { name: 'ramp', start: 0, end: 1, measured: false, pace: full },
      { name: 'steady', start: 1, end: 3, measured: true, pace: full },
      { name: 'drain', start: 3, end: 33, measured: false, pace: { from: 0, to: 0 } },
    ],
    answerWithin: 30,
  });
  return {
    plan,
    process,
    processes,
    target: { host: 'localhost', port, path: '/socketcluster/', secure: false },
    connect: {},
    sourceAddresses: ['127.0.1.1', '127.0.1.2'],
    driver: 'socketcluster',
    protocolVersion: 'auto',
  };
}

interface Agent {
  child: Child;
  windows: Window[];
  totals: Totals[];
  /** What it told of errors of a behaviour. */
  threw: string[];
  ready: Promise<unknown>;
  exit: Promise<Exit>;
}

const agents: Agent[] = [];
const targets: TestTarget[] = [];

afterEach(async () => {
  for (const { child, exit } of agents.splice(0)) {
    child.kill('SIGKILL');
    await exit;
  }
  for (const target of targets.splice(0)) await target.close();
});

async function openTarget(options: TargetOptions = {}): Promise<TestTarget> {
  const target = await startTarget(options);
  targets.push(target);
  return target;
}

/** Starts a load process and tells it its share. */
async function startAgent(share: Share): Promise<Agent> {
  const child = await startChild(entry('loadgen/agent/main.js'));
  const windows: Window[] = [];
  const totals: Totals[] = [];
  const threw: string[] = [];
  const exit = new Promise<Exit>((resolve) => child.onExit(resolve));
  const ready = new Promise((resolve, reject) => {
    child.onMessage((message) => {
      const report = message as
        | AgentReport
        | { type: 'ready'; details: unknown }
        | { type: 'failed'; message: string };
      if (report.type === 'ready') resolve(report.details);
      if (report.type === 'failed') reject(new Error(report.message));
      if (report.type === 'window') windows.push(report.window);
      if (report.type === 'totals') totals.push(report.totals);
      if (report.type === 'threw') threw.push(report.text);
    });
  });
  const agent = { child, windows, totals, threw, ready, exit };
  agents.push(agent);
  child.send({ type: 'start', options: share });
  return agent;
}

function go(...started: Agent[]): void {
  const order: AgentOrder = { type: 'go', at: Date.now() + 100 };
  for (const { child } of started) child.send({ ...order });
}

/** The totals of a load process that ended as it should, after its books were checked. */
async function finish({ exit, windows, totals }: Agent): Promise<Totals> {
  expect(await exit).toMatchObject({ code: 0, signal: null });
  expect(totals).toHaveLength(1);
  const own = windows.map((window) => ({ ...window, process: 0 }));
  expect(checkConservation({ windows: own, totals })).toEqual([]);
  return totals[0] ?? expect.fail();
}

test('load processes drive all users of a plan between them and account for every message', async () => {
  const target = await openTarget();
  const pair = [await startAgent(shareOf(target.port, 0, 2)), await startAgent(shareOf(target.port, 1, 2))];
  expect(await Promise.all(pair.map(({ ready }) => ready))).toMatchObject([{ users: 100 }, { users: 100 }]);
  go(...pair);
  const totals = await Promise.all(pair.map(finish));
  for (const own of totals)
    expect(own).toMatchObject({ connected: 100, failed: 0, dropped: 0, inFlight: 0, lost: 0 });
  const sent = totals.reduce((sum, own) => sum + own.sent, 0);
  expect(target.packets.filter(({ event }) => event === 'ping')).toHaveLength(sent);
  expect(totals.reduce((sum, own) => sum + own.answered, 0)).toBe(sent);
  expect(
    pair.flatMap(({ windows }) => windows.map(({ workers }) => workers.map(({ worker }) => worker))),
  ).toContainEqual(['7']);
  await vi.waitFor(() => expect(target.sockets.size).toBe(0), FACT); // the target hears of it a little later
});

test('load process tells of killed connections as dropped, and of what they had not answered as lost', async () => {
  let pings = 0;
  const target = await openTarget({
    onPacket: (socket, { event }) => {
      if (event !== 'ping') return false;
      pings += 1;
      if (pings % 20 === 0) socket.close(4001);
      return pings % 20 === 0;
    },
  });
  const agent = await startAgent(shareOf(target.port, 0, 1));
  await agent.ready;
  go(agent);
  const totals = await finish(agent);
  const dropped = agent.windows.map(({ users }) => users.dropped['close-4001'] ?? 0);
  expect(totals.dropped).toBeGreaterThan(10);
  expect(dropped.reduce((sum, count) => sum + count, 0)).toBe(totals.dropped);
  expect(totals.lost).toBeGreaterThanOrEqual(totals.dropped);
  expect(totals.unsent).toBeGreaterThan(0);
  expect(agent.windows.at(-1)?.users.open).toBe(200 - totals.dropped);
});

test('load process tells why nobody could connect', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const agent = await startAgent(shareOf(port, 0, 1));
  await agent.ready;
  go(agent);
  expect(await finish(agent)).toMatchObject({ connected: 0, failed: 200, sent: 0, inFlight: 0 });
  expect(
    agent.windows.every(({ users }) => Object.keys(users.failed).every((cause) => cause === 'refused')),
  ).toBe(true);
});

test('load process that is told to abort keeps what it measured and ends', async () => {
  const target = await openTarget();
  const agent = await startAgent(shareOf(target.port, 0, 1));
  await agent.ready;
  go(agent);
  const answered = () =>
    agent.windows.flatMap(({ workers }) => workers).reduce((sum, worker) => sum + worker.answered, 0);
  await vi.waitFor(() => expect(answered()).toBeGreaterThan(0), FACT);
  agent.child.send({ type: 'abort' });
  const totals = await finish(agent);
  expect(totals.answered).toBeGreaterThan(0);
  expect(totals.connected + totals.failed).toBeLessThanOrEqual(200);
});

test('load process that is told to stop before it began ends with empty books', async () => {
  const target = await openTarget();
  const agent = await startAgent(shareOf(target.port, 0, 1));
  await agent.ready;
  agent.child.send({ type: 'stop', withinMs: 5_000 });
  expect(await finish(agent)).toMatchObject({ connected: 0, sent: 0 });
});

test("load process runs a behaviour of the scenario's own, whatever it throws", async () => {
  const folder = mkdtempSync(join(tmpdir(), 'behaviour-'));
  const file = join(folder, 'own.mjs');
  writeFileSync(
    file,
    `export async function behaviour(user) {
      if (user.number % 50 === 9) setTimeout(() => { throw new EvalError('nine'); }, 100);
      for await (const due of user.turns(0.2)) {
        await user.call('call', { number: user.number }, due);
        if (user.number % 50 === 7) throw new RangeError('seven');
        if (user.number % 50 === 8) Promise.reject(new SyntaxError('eight'));
      }
    }`,
  );
  const target = await openTarget();
  const share = shareOf(target.port, 0, 1);
  share.plan.groups[0]!.behaviour = { kind: 'custom', file, options: null };
  const agent = await startAgent(share);
  await agent.ready;
  go(agent);
  const totals = await finish(agent);
  rmSync(folder, { recursive: true });
  const calls = target.packets.filter(({ event }) => event === 'call');
  expect(totals).toMatchObject({ connected: 200, dropped: 0, sent: calls.length, answered: calls.length });
  expect(totals.sent).toBeGreaterThan(1_000);
  const thrown = agent.windows.flatMap((window) => Object.entries(window.thrown ?? {}));
  const count = (name: string): number =>
    thrown.reduce((sum, [found, times]) => sum + (found === name ? times : 0), 0);
  expect(count('RangeError')).toBe(4);
  expect(count('EvalError')).toBe(4);
  expect(count('SyntaxError')).toBeGreaterThan(4);
  const visits = agent.windows.flatMap((window) => window.visits ?? []);
  const visited = (what: 'begun' | 'threw'): number => visits.reduce((sum, each) => sum + each[what], 0);
  expect([visited('begun'), visited('threw')]).toEqual([200, 4]);
  expect(new Set(thrown.map(([name]) => name))).toEqual(new Set(['EvalError', 'RangeError', 'SyntaxError']));
  expect(agent.threw).toHaveLength(1);
  expect(agent.threw[0]).toMatch(/^A behaviour threw \w+ "\w+" in .*own\.mjs:\d+:\d+: /);
});

test('load process says what is wrong with a behaviour it cannot load', async () => {
  const target = await openTarget();
  const share = shareOf(target.port, 0, 1);
  share.plan.groups[0]!.behaviour = { kind: 'custom', file: '/nowhere/own.mjs', options: null };
  const agent = await startAgent(share);
  await expect(agent.ready).rejects.toThrow('Cannot load behaviour file "/nowhere/own.mjs"');
});
