import { expect, test } from 'vitest';
import { aProcess, aRecord } from '../testing.ts';
import { busyCores, observationsOf } from './observations.ts';

const record = aRecord({
  processes: [
    aProcess({ busyMicros: 4_000_000 }),
    aProcess({ id: 1, busyMicros: 6_000_000 }),
    aProcess({ role: 'broker', busyMicros: 2_500_000 }),
    aProcess({ role: 'master', busyMicros: 9_000_000 }),
  ],
});

test('busyCores() takes the busiest process of a role', () => {
  expect(busyCores(record, 'worker')).toBeCloseTo(0.6, 12);
  expect(busyCores(record, 'broker')).toBeCloseTo(0.25, 12);
  expect(busyCores(record, 'balancer')).toBe(0);
});

test('observationsOf() adds up the processes of a role, and leaves out trials in which none was busy', () => {
  const idle = aRecord({ processes: [aProcess({ busyMicros: 0 })] });
  const [workers, ...others] = observationsOf([record, idle], 'worker');
  expect(others).toEqual([]);
  expect(workers).toEqual({
    work: { inbound: 1_000, delivery: 1_000, ping: 0, connect: 0, byte: 20_000 },
    busyMicros: 10_000_000,
  });
  expect(observationsOf([record], 'balancer')).toEqual([]);
});
