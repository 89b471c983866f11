import { expect, test } from 'vitest';
import { aProcess, aRecord } from '../testing.ts';
import { costsOf, costsOfRoles } from './costs-of.ts';

const draw = (): number => 0.5;

/** Trials of a worker that takes 20 microseconds a message and 5 a delivery. */
function records(count: number) {
  return Array.from({ length: count }, (_, index) => {
    const [inbound, deliveries] = [1_000 * (index + 1), 1_000 * (index + 1) ** 2];
    const counts = {
      inbound,
      deliveries,
      published: 0,
      pushed: 0,
      pings: 0,
      connects: 0,
      uncounted: 0,
      bytes: 0,
    };
    return aRecord({ counts, processes: [aProcess({ busyMicros: 20 * inbound + 5 * deliveries })] });
  });
}

test('costsOf() tells what a message and a delivery cost', () => {
  const found = costsOf(records(6), { role: 'worker', draw });
  expect(found?.costs.inbound).toBeCloseTo(20, 6);
  expect(found?.costs.delivery).toBeCloseTo(5, 6);
  expect(found).toMatchObject({ role: 'worker', remarks: [] });
});

test('costsOf() takes what a connection was found to cost where the trials had none', () => {
  expect(costsOf(records(6), { role: 'worker', draw, connectMicros: 90 })?.costs.connect).toBe(90);
});

test('costsOf() puts all time on whatever is said alike where trials are few, and says so', () => {
  const found = costsOf(records(1), { role: 'worker', draw });
  expect(found?.costs).toMatchObject({ inbound: 12.5, delivery: 12.5, ping: 12.5, connect: 0 });
  expect(found?.remarks).toEqual([
    'Costs rest on one trial: messages, deliveries and heartbeats are taken to cost the same',
  ]);
});

test('costsOfRoles() has every role, for nothing where there is no such process', () => {
  const { costs, found } = costsOfRoles(records(6), { draw, connectMicros: 90 });
  expect(found.map(({ role }) => role)).toEqual(['worker']);
  expect(costs.worker.connect).toBe(90);
  expect(costs.broker).toEqual({ inbound: 0, delivery: 0, ping: 0, connect: 0, byte: 0 });
  expect(costs).not.toHaveProperty('balancer');
});

test('costsOf() knows nothing of a role that is not there', () => {
  expect(costsOf(records(6), { role: 'balancer', draw })).toBeUndefined();
});
