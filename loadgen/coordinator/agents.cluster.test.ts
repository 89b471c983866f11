import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Exit } from '../../server/process/index.ts';
import type { SpreadsReport } from '../agent/index.ts';
import { FACT, startTarget, type TestTarget } from '../drivers/testing.ts';
import type { Share } from '../plan/index.ts';
import { channels, groupOf } from '../plan/testing.ts';
import { checkConservation, decodeHistogram, type Window } from '../results/index.ts';
import { type Agents, startAgents } from './agents.ts';
import { createFanoutJoin } from './fanout/index.ts';

let target: TestTarget;
let agents: Agents | undefined;
let windows: Window[];
let spreads: SpreadsReport[];
let lost: { process: number; exit: Exit }[];
let begun: { process: number; lateMs: number }[];
let threw: string[];

beforeEach(async () => {
  target = await startTarget();
  windows = [];
  spreads = [];
  lost = [];
  begun = [];
  threw = [];
});

afterEach(async () => {
  await agents?.stop();
  agents = undefined;
  await target.close();
});

/** Twenty users at once, two messages a second each, for so many seconds. */
function sharesOf(processes: number, { seconds = 1, host = '127.0.0.1' } = {}): Share[] {
  const behaviour = {
    kind: 'ping-pong',
    event: 'ping',
    reply: 'pong',
    payload: {},
    every: { mean: 0.5, shape: 'constant', spread: 0 },
    model: 'open',
  } as const;
  const group = {
    name: 'all',
    users: 20,
    behaviour,
    stays: null,
    returns: null,
    reconnects: null,
    stalls: null,
  };
  const [going, still] = [
    { from: 1, to: 1 },
    { from: 0, to: 0 },
  ];
  const plan: Share['plan'] = {
    scenario: 'test',
    seed: 1,
    users: 20,
    arrivals: { shape: 'even', stages: [{ start: 0, users: 20, rate: { from: 100, to: 100 } }] },
    groups: [group],
    phases: [
      { name: 'steady', start: 0, end: seconds, measured: true, pace: going },
      { name: 'drain', start: seconds, end: seconds + 20, measured: false, pace: still },
    ],
    answerWithin: 20,
  };
  const { port } = target;
  return Array.from({ length: processes }, (_, process) => ({
    plan,
    process,
    processes,
    target: { host, port, path: '/socketcluster/', secure: false },
    connect: {},
    sourceAddresses: [],
    driver: 'socketcluster',
    protocolVersion: 'auto',
  }));
}

async function start(shares: readonly Share[]): Promise<Agents> {
  agents = await startAgents(shares, {
    window: (window) => windows.push(window),
    begun: (process, lateMs) => begun.push({ process, lateMs }),
    spreads: (report) => spreads.push(report),
    trace: () => undefined,
    threw: (text) => threw.push(text),
    lost: (process, exit) => lost.push({ process, exit }),
  });
  return agents;
}

/** Waits for a window of each process and tells their pids. */
async function pidsOf(processes: number): Promise<number[]> {
  const found = () => new Map(windows.map(({ process, load }) => [process, load.pid]));
  await vi.waitFor(() => expect(found().size).toBe(processes), FACT);
  return [...found()].toSorted(([one], [other]) => one - other).map(([, pid]) => pid);
}

function childrenOfThis(): string {
  return readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8');
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('startAgents() has every share driven by a process of its own, to balanced books', async () => {
  const { go, totals } = await start(sharesOf(2));
  expect(target.sockets.size).toBe(0);
  go(Date.now() + 50);
  const told = await totals;
  expect(told).toMatchObject([{ connected: 10 }, { connected: 10 }]);
  expect(checkConservation({ windows, totals: told })).toEqual([]);
  expect(new Set(await pidsOf(2)).size).toBe(2);
  expect(lost).toEqual([]);
  expect(begun.map(({ process }) => process).toSorted()).toEqual([0, 1]);
  expect(begun.every(({ lateMs }) => lateMs >= 0)).toBe(true);
});

/** The same users with one channel, to which a quarter of them publish ten times a second, for three seconds. */
function channelSharesOf(processes: number, drain: number): Share[] {
  const behaviour = channels({
    channels: 1,
    subscriptions: 1,
    publishers: 0.25,
    every: { mean: 0.1, shape: 'constant', spread: 0 },
  });
  return sharesOf(processes).map((share) => {
    const groups = [groupOf({ users: 20, behaviour })];
    const [steady, still] = share.plan.phases;
    const phases = [
      { ...steady!, end: 3 },
      { ...still!, start: 3, end: 3 + drain },
    ];
    return { ...share, plan: { ...share.plan, groups, phases, answerWithin: drain } };
  });
}

test('startAgents() counts for all load processes what a publisher of one of them sent last and nobody got', async () => {
  // Whatever is due in the last second reaches nobody.
  let swallowed = 0;
  const isLate = (data: unknown): boolean => {
    const { t } = (data as { data: { t: number } }).data;
    return t >= 2_000_000;
  };
  await target.close();
  target = await startTarget({
    onPacket(_socket, { event, data }) {
      if (event !== '#publish' || !isLate(data)) return false;
      swallowed += 1;
      return true;
    },
  });
  const { go, totals } = await start(channelSharesOf(2, 2));
  go(Date.now() + 50);
  const told = await totals;
  expect(swallowed).toBeGreaterThan(40);
  // Each half has ten subscribers, who are owed what both halves published.
  const lost = 10 * swallowed;
  expect(told).toMatchObject([
    { connected: 10, pushLost: lost, pushDuplicated: 0, pushReordered: 0 },
    { connected: 10, pushLost: lost, pushDuplicated: 0, pushReordered: 0 },
  ]);
  expect(checkConservation({ windows, totals: told })).toEqual([]);
});

test('startAgents() has load processes that share channels end long before the drain does when nothing is missing', async () => {
  const { go, totals } = await start(channelSharesOf(3, 600));
  go(Date.now() + 50);
  for (const own of await totals) expect(own).toMatchObject({ pushLost: 0, pushDuplicated: 0 });
});

test('startAgents() tells how each publication spread over the subscribers of all load processes', async () => {
  const shares = channelSharesOf(2, 600);
  const { go, totals } = await start(shares);
  go(Date.now() + 50);
  const published = (await totals).reduce((sum, own) => sum + (own?.published ?? 0), 0);
  const join = createFanoutJoin(shares[0]?.plan ?? expect.fail(), 2);
  for (const report of spreads) join.add(report);
  const { first, last } = join.take(0) ?? expect.fail();
  expect([first, last].map((text) => decodeHistogram(text).count)).toEqual([published, published]);
  // No load process alone has the last of all, nor tells of its own.
  expect(new Set(spreads.map(({ process }) => process)).size).toBe(2);
  expect(windows.filter(({ fanout }) => fanout !== undefined)).toEqual([]);
});

test('startAgents() has load processes go first, and says what this host allowed', async () => {
  const { precedence, go, totals, abort } = await start(sharesOf(2, { seconds: 30 }));
  go(Date.now() + 50);
  // The 41st field is the scheduling policy, 2 of those that run in real time.
  const policies = (await pidsOf(2)).map((pid) =>
    readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ').at(40),
  );
  const priorities = (await pidsOf(2)).map((pid) => getPriority(pid));
  abort();
  await totals;
  expect(policies).toEqual(Array(2).fill(precedence === 'real-time' ? '2' : '0'));
  expect(priorities).toEqual(Array(2).fill(precedence === 'high' ? -20 : getPriority()));
});

test('startAgents() rejects when a share cannot be made ready, and ends the others', async () => {
  const [good, bad] = [sharesOf(2)[0], sharesOf(2, { host: 'nosuch.invalid' })[1]];
  const before = childrenOfThis();
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await expect(start([good ?? expect.fail(), bad ?? expect.fail()])).rejects.toMatchObject({
    code: 'AGENT_LOST',
    message: expect.stringMatching(/^Cannot start load process 1: .*nosuch\.invalid/),
  });
  write.mockRestore();
  expect(lost.map(({ process }) => process)).toContain(1);
  expect(childrenOfThis()).toEqual(before);
});

test('startAgents() passes on the code of a process that knows what is wrong', async () => {
  const [share = expect.fail()] = sharesOf(1);
  const [group = expect.fail()] = share.plan.groups;
  const own = { ...group, behaviour: { kind: 'custom', file: '/nowhere/own.mjs', options: null } as const };
  await expect(start([{ ...share, plan: { ...share.plan, groups: [own] } }])).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message: expect.stringMatching(
      /^Cannot start load process 0: Cannot load behaviour file "\/nowhere\/own\.mjs"/,
    ),
  });
});

test('Agents goes on when a behaviour throws in a timer, and tells what and where without its secrets', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'threw-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'own.mjs');
  const timer = 'setTimeout(() => { throw new RangeError("a b c d of anna"); });';
  writeFileSync(file, `export async function behaviour() { ${timer} }`);
  const [share = expect.fail()] = sharesOf(1);
  const [group = expect.fail()] = share.plan.groups;
  const own = { ...group, behaviour: { kind: 'custom', file, options: null } as const };
  const connect = { query: { token: 'a b c d' } };
  const { go, totals } = await start([{ ...share, plan: { ...share.plan, groups: [own] }, connect }]);
  go(Date.now());
  expect(await totals).toMatchObject([{ connected: 20, dropped: 0 }]);
  expect(lost).toEqual([]);
  expect(threw).toEqual([
    expect.stringContaining(`A behaviour threw RangeError "[redacted] of anna" in ${file}:1:`),
  ]);
});

test('Agents tells of a process that was killed, and waits for the totals of the others', async () => {
  const { go, totals, abort } = await start(sharesOf(2, { seconds: 30 }));
  go(Date.now());
  const [, second] = await pidsOf(2);
  process.kill(second ?? expect.fail(), 'SIGKILL');
  await vi.waitFor(() => expect(lost).toMatchObject([{ process: 1, exit: { signal: 'SIGKILL' } }]), FACT);
  abort();
  expect(await totals).toMatchObject([{ connected: 10 }, null]);
});

test('Agents kills a process that does not answer an abort, so that no run hangs on it', async () => {
  const { go, totals, abort } = await start(sharesOf(1, { seconds: 30 }));
  go(Date.now());
  const [pid = 0] = await pidsOf(1);
  process.kill(pid, 'SIGSTOP');
  abort();
  expect(await totals).toEqual([null]);
  expect(lost).toMatchObject([{ exit: { signal: 'SIGKILL' } }]);
});

test('Agents.stop() ends processes that were never let go, and may be called again', async () => {
  const { stop, totals, abort } = await start(sharesOf(2));
  await stop();
  await stop();
  abort();
  expect(await totals).toMatchObject([{ connected: 0 }, { connected: 0 }]);
  expect(lost).toEqual([]);
});

test('Agents.stop() ends every process in the middle of its work', async () => {
  const { go, stop } = await start(sharesOf(2, { seconds: 30 }));
  go(Date.now());
  const pids = await pidsOf(2);
  await stop();
  expect(pids.filter(isAlive)).toEqual([]);
});
