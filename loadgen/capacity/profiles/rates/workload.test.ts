import { expect, test } from 'vitest';
import { builtIn, channelsOf, profileOf } from '../testing.ts';
import { workloadOf } from './workload.ts';

test('workloadOf() describes users who publish, and users who ask', () => {
  const groups = [
    { name: 'askers', weight: 1, behaviour: { kind: 'calls', payload: 1, every: 1 } as const },
    {
      name: 'writers',
      weight: 1,
      behaviour: channelsOf({ publishers: 1, publishTo: 'any', every: 1 / 3, payloadBytes: 41 }),
      stays: 9,
      returns: 0,
    },
  ];
  const found = workloadOf(profileOf({ groups, options: { pingInterval: 5_000 } }));
  expect(found.publicationsPerSecond).toBeCloseTo(1.5, 12);
  expect(found.callsPerSecond).toBeCloseTo(0.5, 12);
  expect(found.shareOfCalls).toBeCloseTo(0.25, 12);
  // A call has one byte.
  expect(found.payloadBytes).toBeCloseTo(31, 9);
  expect(found.connectsPerHour).toBeCloseTo(200, 9);
  expect(found.pingIntervalMs).toBe(5_000);
});

test('workloadOf() tells how many a publication reaches one time of twenty', () => {
  // 95 % of a Poisson distribution of mean 500 end at 537.
  expect(workloadOf(builtIn('ticker')).fanOut).toEqual({ mean: 500, p95: 537 });
});

test('workloadOf() has nothing to say of users who say nothing', () => {
  expect(workloadOf(builtIn('idle'))).toMatchObject({
    ...{ shareOfCalls: 0, payloadBytes: 0, fanOut: { mean: 0, p95: 0 }, connectsPerHour: 0 },
  });
});
