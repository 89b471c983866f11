/** Synthetic runs for the tests of results and reports. */

import type {
  Header,
  Probe,
  ProbedProcess,
  RecordLine,
  Summary,
  Totals,
  Window,
  WorkerWindow,
} from './results/index.ts';
import { createHistogram, RECORD_VERSION, summarize } from './results/index.ts';

const RAMP = 10;
const STEADY = 15;
const DRAIN = 5;
const EVERY = 6;
const LOOKS = 62;
const PROCESSES = [0, 1];
const NONE = { timedOut: 0, lost: 0, duplicated: 0, reordered: 0, pushed: 0 };
const NOTHING_PUSHED = { pushLost: 0, pushDuplicated: 0, pushReordered: 0 };

/** `seconds` is the length of the steady phase; the others add 20. */
type Options = { users: number; workers: number; seconds: number };

/** Makes the record of a healthy ping-pong run by two load processes, the same for the same options. */
export function syntheticRun({
  users = 2_000,
  workers = 3,
  seconds = 30,
}: Partial<Options> = {}): RecordLine[] {
  const random = lottery(users * 31 + workers * 7 + seconds);
  const header = headerOf({ users, workers, seconds });
  const end = STEADY + seconds + DRAIN;
  const windows: Window[][] = PROCESSES.map(() => []);
  const lines: RecordLine[] = [header];
  for (let second = 0; second < end; second += 1) {
    const share = Math.min(1, (second + 1) / RAMP) / PROCESSES.length;
    for (const process of PROCESSES) {
      const rate = second < end - DRAIN ? 1 / EVERY : 0;
      const window = windowOf({ process, second, workers, random, rate, open: Math.floor(users * share) });
      windows[process]?.push(window);
      lines.push(window);
    }
    lines.push(probeOf(second, (users * share * PROCESSES.length) / workers, workers, random));
  }
  lines.push({ type: 'event', second: RAMP + 2, kind: 'warning', text: 'The probe answered late once' });
  const rules = [{ rule: 'users.failed == 0', value: 0, ok: true }];
  const verdict = { status: 'pass' as const, validity: 'valid' as const, reasons: [] };
  return [...lines, { type: 'final', seconds: end, totals: windows.map(totalsOf), verdict, rules }];
}

/** The summary of such a run. */
export function syntheticSummary(options: Partial<Options> = {}): Summary {
  return summarize(syntheticRun(options));
}

type Seed = {
  process: number;
  second: number;
  open: number;
  workers: number;
  rate: number;
  random: () => number;
};

function windowOf({ process, second, open, workers, rate, random }: Seed): Window {
  const parts = Array.from({ length: workers }, (_, id): WorkerWindow => {
    const sockets = Math.floor(open / workers) + (id < open % workers ? 1 : 0);
    const sent = Math.round(sockets * rate * (0.95 + random() * 0.1));
    const [response, service] = [1_400, 1_300].map((typical) => times(random, sent, typical + id * 150));
    const part = { worker: String(id), open: sockets, sent, answered: sent, ...NONE };
    return response && service ? { ...part, response, service } : part;
  });
  const lateness = times(random, Math.round(open * rate), 200);
  const loopDelay = times(random, LOOKS, 100) ?? '';
  const used = {
    cpuMicros: 300_000 + second * 70_000,
    rssBytes: 90_000_000 + open * 4_000,
    gcMs: second * 2,
  };
  const load = { pid: 4_000 + process, ...used, loopUtilisation: 0.06 + random() * 0.04 };
  const users = { started: open, open, failed: {}, dropped: {}, left: 0, returned: 0 };
  const counts = { unsent: 0, published: 0 };
  const window: Window = {
    type: 'window',
    process,
    second,
    users,
    ...counts,
    workers: parts,
    loopDelay,
    load,
  };
  return lateness ? { ...window, lateness, resolutionMs: 0.25 } : window;
}

function probeOf(second: number, connections: number, workers: number, random: () => number): Probe {
  const one = (role: ProbedProcess['role'], id: number, sockets: number): ProbedProcess => {
    const used = { cpuCores: 0.05 + random() * 0.02, rssBytes: 60_000_000 + sockets * 7_000 };
    const times = { eventLoopP99Ms: 1 + random() * 2, gcMsPerSecond: random() * 3 };
    const rates = { messagesInPerSecond: sockets / EVERY, messagesOutPerSecond: sockets / EVERY };
    return {
      role,
      id,
      pid: 3_000 + role.length * 10 + id,
      connections: sockets,
      ...used,
      ...times,
      ...rates,
    };
  };
  const roles = [one('master', 0, 0), one('broker', 0, 0)];
  const processes = [...roles, ...Array.from({ length: workers }, (_, id) => one('worker', id, connections))];
  const coordinator = { pid: 2_999, cpuCores: 0.02 + random() * 0.01, rssBytes: 95_000_000 };
  const host = { stealPercent: random(), busyPercent: 20 + random() * 5, memoryFreeBytes: 9_000_000_000 };
  return { type: 'probe', second, processes, coordinator, host };
}

function totalsOf(windows: readonly Window[]): Totals {
  const sent = windows.flatMap(({ workers }) => workers).reduce((sum, part) => sum + part.sent, 0);
  const users = { connected: windows.at(-1)?.users.started ?? 0, failed: 0, dropped: 0, left: 0 };
  const messages = { sent, answered: sent, inFlight: 0, published: 0, unsent: 0 };
  return { ...messages, ...NONE, ...NOTHING_PUSHED, ...users };
}

function headerOf({ users, workers, seconds }: Options): Header {
  const starts = { ramp: 0, settle: RAMP, steady: STEADY, drain: STEADY + seconds };
  const ends = { ramp: RAMP, settle: STEADY, steady: STEADY + seconds, drain: STEADY + seconds + DRAIN };
  const names = ['ramp', 'settle', 'steady', 'drain'] as const;
  const behaviour = { kind: 'ping-pong', event: 'ping', payload: '</script>', every: EVERY, spread: 0.5 };
  const text = { tool: '0.1.0', scenario: 'synthetic', question: 'What does a healthy run look like?' };
  return {
    type: 'header',
    version: RECORD_VERSION,
    ...text,
    seed: 1,
    startedAt: '2026-01-01T00:00:00.000Z',
    command: 'npm run bench -- --scenario synthetic',
    users,
    ramp: users / RAMP,
    messagesPerSecond: users / EVERY,
    phases: names.map((name) => ({
      name,
      start: starts[name],
      end: ends[name],
      measured: name === 'steady',
      planned: Math.round((name === 'drain' ? 0 : ends[name] - starts[name]) * (users / EVERY)),
    })),
    plan: { users, behaviour },
    planHash: '0123456789ab',
    rules: ['users.failed == 0'],
    target: { url: 'ws://127.0.0.1:8000/socketcluster/', own: true, workers, brokers: 1, balancers: 0 },
    generator: { processes: PROCESSES.length, sourceAddresses: 4, driver: 'socketcluster' },
    host: { cpus: 2, model: 'None', memoryGB: 16, kernel: '6.1.0', node: '20.20.2', fdLimit: 20_000 },
  };
}

/** Encodes that many times with a long tail, in microseconds. Undefined for none. */
function times(random: () => number, count: number, typical: number): string | undefined {
  const histogram = createHistogram();
  for (let n = 0; n < count; n += 1)
    histogram.record(typical * (0.6 + random() - Math.log(1 - random()) * 0.3));
  const encoded = count > 0 ? histogram.encode() : undefined;
  histogram.destroy();
  return encoded;
}

function lottery(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
