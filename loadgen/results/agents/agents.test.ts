import { expect, test } from 'vitest';
import { createHistogram } from '../histogram.ts';
import type { AgentFacts } from '../record/index.ts';
import { countLoad, emptySecond, type LoadSecond } from '../second.ts';
import { agentsOf, crossingErrorMs, startOf } from './agents.ts';

const host = { cpus: 2, model: 'None', memoryGB: 16, kernel: '6', node: '20', fdLimit: 20_000 };

function agent(name: string, ...processes: number[]): AgentFacts {
  return { name, processes, host, clock: { offsetMs: 12, errorMs: 0.1 } };
}

function load(id: number, cpuCores: number, users: number): LoadSecond {
  const rest = { loopUtilisation: 0, gcMsPerSecond: 0, waitMsPerSecond: 0, throttledMsPerSecond: 0 };
  return { id, pid: 1, cpuCores, rssMB: 50, users, ...rest };
}

test('agentsOf() adds up the load processes of each host', () => {
  const seconds = [0, 1].map((n) => {
    const second = emptySecond(n, 'steady', undefined);
    for (const [id, cores] of [0.1, 0.2, 0.3].entries()) countLoad(second, load(id, cores * (n + 1), 10 * n));
    return second;
  });
  const late = createHistogram();
  late.record(2_000);
  const [one, other] = agentsOf({
    agents: [agent('a', 0, 2), agent('b', 1)],
    ending: { startLateMs: [0.5, null, 0.7], clockErrorsMs: [0.3, 0.4] },
    seconds,
    lateness: new Map([['a', late]]),
  });
  expect(one).toMatchObject({ id: 'a', processes: 2, users: 20, rssMB: 100, startLateMs: 0.7 });
  expect(one?.cpuCores).toBeCloseTo(0.6);
  expect(one?.latenessP99Ms).toBeCloseTo(2, 1);
  expect(one).toMatchObject({ clockOffsetMs: 12, clockErrorMs: 0.3 });
  expect(other).toMatchObject({ id: 'b', users: 10, rssMB: 50, clockErrorMs: 0.4 });
  expect(other).not.toHaveProperty('startLateMs');
  expect(other).not.toHaveProperty('latenessP99Ms');
  late.destroy();
});

test('agentsOf() falls back to what was known before the start', () => {
  const [one] = agentsOf({ agents: [agent('a', 0)], ending: {}, seconds: [], lateness: new Map() });
  expect(one).toMatchObject({ users: 0, cpuCores: 0, rssMB: 0, clockErrorMs: 0.1 });
});

test('startOf() tells how late the last ones were', () => {
  expect(startOf({})).toBeUndefined();
  expect(startOf({ startLateMs: [null] })).toBeUndefined();
  expect(startOf({ startLateMs: [3, null, 1] })).toEqual({ p99: 3, max: 3 });
  const many = Array.from({ length: 200 }, (_, n) => n);
  expect(startOf({ startLateMs: many })).toEqual({ p99: 197, max: 199 });
});

test('crossingErrorMs() adds the errors of the two worst clocks', () => {
  expect(crossingErrorMs([])).toBe(0);
  expect(crossingErrorMs([{ clockErrorMs: 1 }])).toBe(0);
  expect(crossingErrorMs([{ clockErrorMs: 1 }, { clockErrorMs: 3 }, { clockErrorMs: 2 }])).toBe(5);
});
