import { expect, test } from 'vitest';
import { estimateOf } from '../../estimate/index.ts';
import { ratesOf } from '../../profiles/index.ts';
import { builtIn } from '../../profiles/testing.ts';
import type { SocketsFound } from '../checks/index.ts';
import type { MeasuredTrial, SizeFound } from '../search/index.ts';
import { aProcess, aRecord } from '../testing.ts';
import { type Findings, measuredOf } from './measured.ts';

const draw = (): number => 0.5;

/** A trial of a worker and a broker that take 20 and 4 microseconds a message, above 700 a second. */
function aTrial(load: number, guards: readonly string[] = []): MeasuredTrial {
  const each = load < 700 ? 60 : 20;
  const counts = {
    inbound: 10 * load,
    deliveries: 0,
    published: 0,
    pushed: 0,
    pings: 0,
    connects: 0,
    uncounted: 0,
    bytes: 0,
  };
  const processes = [
    aProcess({ busyMicros: each * counts.inbound }),
    aProcess({ role: 'broker', busyMicros: 4 * counts.inbound }),
  ];
  const request = { kind: 'trial', phase: 'locate', load, seconds: 10, fresh: false } as const;
  return {
    request,
    outcome: { load, ok: true, okAtLimits: [], reasons: [], guards },
    record: aRecord({ load, users: load * 6, counts, processes }),
    folder: '',
    users: load * 6,
    usersPerSocket: 1,
  };
}

const main = {
  workers: 2,
  trials: [aTrial(100), aTrial(500), aTrial(800), aTrial(900), aTrial(1_000), aTrial(2_000, ['tripped'])],
  result: { estimate: estimateOf(1_000, 0.02) },
} as unknown as SizeFound;
const sockets = {
  memory: { perSocket: estimateOf(8_000, 0.05), base: 70e6 },
  connectMicros: 100,
  othersBytes: 90e6,
  remarks: ['odd'],
} as unknown as SocketsFound;
const rates = ratesOf(builtIn('42k'));
const findings: Findings = { main, sockets, rates, machine: { sharesCore: false }, draw };

test('measuredOf() takes costs of high loads alone, of trials that count', () => {
  const { costs, measured } = measuredOf(findings)!;
  expect(measured.costs.worker.inbound).toBeCloseTo(20, 6);
  expect(measured.costs.broker.inbound).toBeCloseTo(4, 6);
  expect(measured.costs).not.toHaveProperty('balancer');
  expect(costs.map(({ role }) => role)).toEqual(['worker', 'broker']);
  expect(measured.usersPerWorker).toBe(3_000);
});

test('measuredOf() passes on what sockets and connections take, with remarks', () => {
  const { measured, rates: passed, remarks } = measuredOf(findings)!;
  expect(measured.memory).toMatchObject({ perSocket: { median: 8_000 }, perWorker: 70e6 });
  expect(measured.costs.worker.connect).toBe(100);
  expect(passed).toBe(rates);
  expect(remarks).toContain('odd');
});

test('measuredOf() knows nothing without a capacity', () => {
  const { estimate: _, ...result } = main.result;
  expect(measuredOf({ ...findings, main: { ...main, result } })).toBeUndefined();
});
