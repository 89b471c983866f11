import { expect, test } from 'vitest';
import { estimateOf } from '../../estimate/index.ts';
import { ratesOf } from '../../profiles/index.ts';
import { builtIn } from '../../profiles/testing.ts';
import type { SocketsFound } from '../checks/index.ts';
import { aProcess, aRecord } from '../testing.ts';
import { type IdleFindings, measuredOfIdle } from './measured-idle.ts';

/** Ten seconds with the heartbeats of 40,000 users, which took two workers 20 microseconds each, and a broker 1. */
const pings = 50_000;
const crowd = aRecord({
  users: 2_000,
  workers: 2,
  counts: { ...aRecord().counts, inbound: 0, deliveries: 0, pings },
  processes: [
    aProcess({ busyMicros: 8 * pings }),
    aProcess({ id: 1, busyMicros: 12 * pings }),
    aProcess({ role: 'broker', busyMicros: pings }),
  ],
});
const sockets: SocketsFound = {
  memory: { perSocket: estimateOf(8_000, 0.05), base: 70e6 },
  connectMicros: 100,
  mostSockets: 4_000,
  othersBytes: 90e6,
  churn: aRecord(),
  crowd,
  remarks: ['odd'],
};
const findings: IdleFindings = {
  sockets,
  rates: ratesOf(builtIn('idle')),
  machine: { sharesCore: false },
  draw: () => 0.5,
};

test('measuredOfIdle() tells the users whose heartbeats the workers have time for', () => {
  const { measured, rates } = measuredOfIdle(findings)!;
  // A heartbeat each 8 s: 2.5 microseconds a second.
  expect(measured.scaling(2)).toMatchObject({ grade: 'interpolation' });
  expect(measured.scaling(2).median).toBeCloseTo(800_000, 3);
  expect(rates.load).toBe(1);
  expect(measured.costs.worker).toMatchObject({ ping: 20, connect: 100 });
  expect(measured.costs.broker.ping).toBe(1);
  expect(measured.memory.perSocket.median).toBe(8_000);
  expect(measured.usersPerWorker).toBe(1_000);
});

test('measuredOfIdle() never calls that a capacity that was measured, and says what it rests on', () => {
  const { measured, remarks } = measuredOfIdle(findings)!;
  expect(measured.machine.isSearched).toBe(false);
  expect(measured.costs.spread).toBeGreaterThan(0.1);
  expect(remarks).toEqual([
    expect.stringMatching(
      /^No capacity was searched.* the heartbeats of 40,000 users, .*up to 4,000 sockets/,
    ),
    'odd',
  ]);
});

test('measuredOfIdle() counts the little that users say with their heartbeats', () => {
  const rates = { ...findings.rates, inbound: 0.0625, deliveries: 0.0625 };
  expect(measuredOfIdle({ ...findings, rates })!.measured.scaling(2).median).toBeCloseTo(400_000, 3);
});

test('measuredOfIdle() knows nothing where no heartbeats were measured, or the target tells nothing', () => {
  const { crowd: _, ...without } = sockets;
  expect(measuredOfIdle({ ...findings, sockets: without })).toBeUndefined();
  const silent = { ...sockets, crowd: { ...crowd, processes: [] } };
  expect(measuredOfIdle({ ...findings, sockets: silent })).toBeUndefined();
});
