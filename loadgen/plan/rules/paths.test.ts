import { expect, test } from 'vitest';
import { nearest } from '../../../server/errors/index.ts';
import type { syntheticSummary } from '../../testing.ts';
import { figureAt, PATHS } from './paths.ts';

type Summary = ReturnType<typeof syntheticSummary>;

/** Every path to a number in a value, with lists as `*`, and with counts as they stand in a rule. */
function pathsIn(value: unknown, path: string[] = []): string[] {
  if (typeof value === 'number') return [path.join('.')];
  if (Array.isArray(value)) return value.flatMap((each) => pathsIn(each, [...path, '*']));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, [...path, name]));
}

const quantiles = { p50: 1, p90: 1, p99: 1, p999: 1, max: 1, mean: 1 };
const main = { p50: 1, p99: 1 };
const times = {
  response: quantiles,
  service: quantiles,
  lateness: quantiles,
  push: quantiles,
  connect: quantiles,
  arrival: quantiles,
  recovery: quantiles,
};
const stops = { gcMsPerSecond: 1, waitMsPerSecond: 1, throttledMsPerSecond: 1 };
const loopDelayMs = { p99: 1, p995: 1, p999: 1, max: 1 };
const cost = { cpuCores: 1, rssMB: 1 };
const target = { ...cost, rssSlopeMBPerHour: 1, rssGrowthMB: { low: 1, high: 1 }, cpuMicrosPerMessage: 1 };
const counts = { perSecond: 1, pushesPerSecond: 1, sent: 1, received: 1, errors: 1, timedOut: 1, lost: 1 };
const pushes = { published: 1, pushed: 1, pushLost: 1 };
const process = { id: 0, pid: 1, ...cost, messagesPerSecond: 1 };

/** A summary with every figure there can be, counts by name apart. */
const summary: Summary = {
  version: 2,
  scenario: 's',
  seed: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
  seconds: 1,
  verdict: { status: 'pass', validity: 'valid', reasons: [] },
  rules: [],
  users: { target: 1, peak: 1, failed: {}, dropped: {}, thrown: {}, left: 1, returned: 1 },
  messages: {
    ...counts,
    ...pushes,
    duplicated: 1,
    reordered: 1,
    inFlight: 1,
    unsent: 1,
    pushDuplicated: 1,
    pushReordered: 1,
    pushUnasked: 1,
    subscribed: 1,
    pushForeign: 1,
  },
  schedule: { perSecond: 1, ratio: 1 },
  latencyMs: times,
  fanoutMs: { first: quantiles, median: quantiles, last: quantiles },
  http: { perSecond: 1, status: {}, errors: 1, timedOut: 1, latencyMs: quantiles },
  phases: [
    {
      id: 'steady',
      start: 0,
      end: 1,
      measured: true,
      users: { peak: 1, failed: {}, dropped: {}, thrown: {} },
      messages: { ...counts, ...pushes, unsent: 1 },
      schedule: { perSecond: 1, ratio: 1 },
      latencyMs: times,
      loopDelayMs,
      workers: [{ id: '0', messagesPerSecond: 1, response: quantiles, push: quantiles }],
      target,
    },
  ],
  workers: [
    {
      id: '0',
      pid: 1,
      connections: 1,
      peakConnections: 1,
      messagesPerSecond: 1,
      response: main,
      push: main,
      ...cost,
      eventLoopP99Ms: 1,
      gcMsPerSecond: 1,
    },
  ],
  servers: [{ id: 'left', workers: 1, connections: 1, messagesPerSecond: 1, ...cost }],
  balance: { connections: 1 },
  brokers: [process],
  balancers: [process],
  target,
  generator: {
    ...cost,
    cpuMicrosPerMessage: 1,
    bytesPerUser: 1,
    errorMs: 1,
    resolutionMs: 1,
    arrivals: { errorMs: 1, resolutionMs: 1 },
    startLateMs: { p99: 1, max: 1 },
    agents: [
      {
        id: 'a1',
        ...cost,
        processes: 1,
        users: 1,
        latenessP99Ms: 1,
        startLateMs: 1,
        clockOffsetMs: 1,
        clockErrorMs: 1,
      },
    ],
    processes: [{ id: 0, pid: 1, ...cost, users: 1, loopUtilisation: 1, ...stops, loopDelayMs }],
  },
  host: {
    cpus: 1,
    model: 'm',
    memoryGB: 1,
    kernel: 'k',
    node: 'n',
    fdLimit: 1,
    stealPercent: 1,
    othersPercent: 1,
    retransmittedPercent: 1,
    listenOverflows: 1,
    conntrackPercent: 1,
    filesPercent: 1,
    socketMemoryPercent: 1,
  },
};

test('PATHS holds every figure of a summary, and none that no summary has', () => {
  // Counts by name stand in a rule as their sum.
  const sums = JSON.parse(JSON.stringify(summary), (name, value: unknown) =>
    ['failed', 'dropped', 'thrown'].includes(name) || (name === 'status' && typeof value === 'object')
      ? 0
      : value,
  );
  // Neither a rule's own values nor what identifies a run or a process is a figure.
  const identity = /^(rules\.|version$|seed$)|\.(id|pid)$/;
  const found = new Set(pathsIn(sums).filter((path) => !identity.test(path)));
  expect([...PATHS].sort()).toEqual([...found].sort());
});

test('figureAt() knows the members of lists by id and counts by name', () => {
  expect(figureAt('workers.0.response.p99')).toEqual({ measure: 'milliseconds', isCount: false });
  expect(figureAt('phases.peak.workers.0.push.p999')).toEqual({ measure: 'milliseconds', isCount: false });
  expect(figureAt('users.failed.http-503')).toEqual({ measure: 'number', isCount: true });
  expect(figureAt('phases.peak.users.thrown.TypeError')).toEqual({ measure: 'number', isCount: true });
  expect(figureAt('schedule.ratio')).toEqual({ measure: 'share', isCount: false });
  expect(PATHS.every((path) => figureAt(path) !== undefined)).toBe(true);
});

test.each([
  'users',
  'users.constructor',
  'workers.*',
  'workers.p99',
  'phases.peak',
  'seconds.x',
  'users.failed.a.b',
  '',
])('figureAt() finds nothing at "%s"', (path) => {
  expect(figureAt(path)).toBeUndefined();
});

test.each([
  ['user.failed', 'users.failed'],
  ['latencyMs.response.p909', 'latencyMs.response.p90'],
  ['latency.response.p999', 'latencyMs.response.p999'],
  ['worker.*.response.p99', 'workers.*.response.p99'],
])('nearest() takes "%s" for "%s"', (path, meant) => {
  expect(nearest(path, PATHS)).toBe(meant);
});
