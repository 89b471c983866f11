import { expect, test } from 'vitest';
import { busiestShare } from '../../costs/index.ts';
import { estimateOf } from '../../estimate/index.ts';
import { complete, type FleetQuestion } from '../question.ts';
import { free, instanceOf, listeners, measuredOn, questionOf } from '../testing.ts';
import { usersAt } from './chance.ts';
import { type Host, limitsOf } from './limits.ts';

const GIBIBYTE = 1_073_741_824;

function hostOf(type: string, changes: Partial<Host> = {}): Host {
  const instance = instanceOf(type);
  return {
    instance,
    nodes: 1,
    evidence: { tier: 'T0', speed: 1, spread: 0 },
    prediction: measuredOn(undefined).scaling(instance.vcpus),
    ...changes,
  };
}

/** Users that each limit lets through on its own, by name. */
function usersOf(host: Host, changes: Partial<FleetQuestion> = {}): Record<string, number> {
  const bounds = limitsOf(host, complete(questionOf(changes)));
  return Object.fromEntries(bounds.map((bound) => [bound.name, usersAt([bound], 0.5)]));
}

test('limitsOf() has 1 KiB deliveries bound by network and processor at almost the same point on a c7i.large', () => {
  const users = usersOf(hostOf('c7i.large'));
  // 781 Mbit/s over 8.8 kbit, and two workers at 20 microseconds a delivery.
  expect(users['network']).toBeCloseTo(781e6 / 8_800, 0);
  expect(users['network']).toBeCloseTo(88_750, 0);
  expect(users['processors']).toBeCloseTo(100_000, 0);
  expect(users['busiest worker']).toBeCloseTo(100_000, 0);
});

test('limitsOf() counts the skew of users beyond that of the trials', () => {
  const measured = measuredOn('c7i.large');
  const { usersPerWorker: _, ...uncounted } = measured;
  const plain = usersOf(hostOf('c7i.xlarge'), { measured: uncounted })['busiest worker'] ?? 0;
  expect(busiestShare(plain, 4)).toBeCloseTo(50_000, 0);
  expect(plain).toBeLessThan(200_000);
  // Few users in the trials fell more unevenly than many will: their skew was in what was measured.
  const few = usersOf(hostOf('c7i.xlarge'), { measured: { ...measured, usersPerWorker: 100 } })[
    'busiest worker'
  ];
  expect(few).toBeGreaterThan(200_000);
});

test('limitsOf() loads the busiest worker with its hot channels', () => {
  const measured = measuredOn('c7i.large', { hotChannels: 1.25 });
  const users = usersOf(hostOf('c7i.large'), { measured })['busiest worker'] ?? 0;
  expect(users / 80_000).toBeCloseTo(1, 2);
});

test('limitsOf() gives what takes processor time the speed of the type, and nothing else', () => {
  const costs = { worker: { ...free, delivery: 20 }, broker: { ...free, delivery: 4 }, spread: 0.05 };
  const measured = measuredOn('c7i.large', { costs });
  const [slow, fast] = [1, 1.25].map((speed) =>
    usersOf(hostOf('c7i.large', { evidence: { tier: 'T1', speed, spread: 0.08 } }), { measured }),
  );
  for (const name of ['broker', 'processors']) {
    expect((fast?.[name] ?? 0) / (slow?.[name] ?? 1)).toBeCloseTo(1.25, 6);
  }
  expect(slow?.['broker']).toBeCloseTo(250_000, 0);
  expect(slow?.['processors']).toBeCloseTo(2e6 / 24, 0);
  for (const name of ['memory', 'network']) expect(fast?.[name]).toBe(slow?.[name]);
});

test('limitsOf() adds the uncertainty of the tier to that of the capacity', () => {
  const host = hostOf('c7g.large', { evidence: { tier: 'T3', speed: 1, spread: 0.15 } });
  const [worker] = limitsOf(host, complete(questionOf()));
  expect(worker?.supply.spread).toBeCloseTo(Math.hypot(0.03, 0.15), 12);
});

test('limitsOf() plans burstable types on what they have all the time', () => {
  const users = usersOf(hostOf('t3.large'));
  expect(users['processors']).toBeCloseTo(30_000, 0);
});

test('limitsOf() keeps 30 % of the memory free, and what processes take without sockets', () => {
  const measured = measuredOn('c7i.large', {
    memory: { perSocket: estimateOf(8_000, 0.1), perWorker: 50e6, host: 200e6 },
  });
  const users = usersOf(hostOf('c7i.large'), { measured })['memory'];
  expect(users).toBeCloseTo((0.7 * 4 * GIBIBYTE - 300e6) / 8_000, 0);
});

test('limitsOf() has connections followed by security groups unless they are not', () => {
  expect(usersOf(hostOf('m7i-flex.large'), { isTracked: true })['tracked connections']).toBeCloseTo(
    76_957,
    0,
  );
  expect(usersOf(hostOf('m7i-flex.large'))).not.toHaveProperty('tracked connections');
});

test('limitsOf() has the files of a process on its busiest worker', () => {
  const users = usersOf(hostOf('c7i.large'), { descriptors: 10_512 })['descriptors'] ?? 0;
  expect(busiestShare(users, 2)).toBeCloseTo(10_000, 2);
});

test('limitsOf() has ports only where clients share addresses, and packets only where they are known', () => {
  expect(usersOf(hostOf('c7i.large'), { clientAddresses: 2 })['ports']).toBeCloseTo(129_024, 0);
  expect(usersOf(hostOf('c7i.large'))).not.toHaveProperty('ports');
  expect(usersOf(hostOf('c7i.large'))).not.toHaveProperty('packets');
  expect(usersOf(hostOf('c7i.large'), { packetsOf: () => 500_000 })['packets']).toBeCloseTo(250_000, 0);
});

test('limitsOf() has a link between hosts where there are several, and a broker that works for it', () => {
  const rates = { ...listeners, inbound: 1, publications: 1, fanOut: 1e9 };
  const measured = measuredOn('c7i.large', {
    costs: { worker: free, broker: { ...free, inbound: 5 }, spread: 0.05 },
  });
  const alone = usersOf(hostOf('c7i.large'), { rates, measured });
  const one = usersOf(hostOf('c7i.large', { nodes: 3 }), { rates, measured });
  expect(alone).not.toHaveProperty('link between hosts');
  expect(one['link between hosts']).toBeCloseTo(5e9 / (2 * 1_100 * 8), 0);
  expect(alone['broker']).toBeCloseTo(200_000, 0);
  expect(one['broker']).toBeCloseTo(200_000 / 3, 0);
});

test('limitsOf() knows no bandwidth of a type for which nobody says it', () => {
  expect(usersOf(hostOf('m3.2xlarge'))).not.toHaveProperty('network');
});
