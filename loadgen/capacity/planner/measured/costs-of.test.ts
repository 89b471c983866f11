import { expect, test } from 'vitest';
import { aProcess, aRecord } from '../testing.ts';
import { costsOf } from './costs-of.ts';

const draw = (): number => 0.5;

/** Trials of a worker that takes 20 microseconds a message and 5 a delivery. */
function records(count: number) {
  return Array.from({ length: count }, (_, index) => {
    const [inbound, deliveries] = [1_000 * (index + 1), 1_000 * (index + 1) ** 2];
    const counts = { inbound, deliveries, published: 0, pushed: 0, pings: 0, connects: 0, bytes: 0 };
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

test('costsOf() puts all time on messages and deliveries alike where trials are few, and says so', () => {
  const found = costsOf(records(1), { role: 'worker', draw });
  expect(found?.costs).toMatchObject({ inbound: 12.5, delivery: 12.5, ping: 0 });
  expect(found?.remarks).toEqual([
    'Costs rest on 1 trials: messages and deliveries are taken to cost the same',
  ]);
});

test('costsOf() knows nothing of a role that is not there', () => {
  expect(costsOf(records(6), { role: 'balancer', draw })).toBeUndefined();
});
