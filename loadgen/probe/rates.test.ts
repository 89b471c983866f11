import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRates, type ProbedSnapshot } from './rates.ts';

const snapshot: ProbedSnapshot = {
  role: 'worker',
  id: 0,
  pid: 100,
  at: 1_000,
  cpuMicros: 500_000,
  rssBytes: 60_000_000,
  eventLoop: { p99: 3 },
  gcMs: 10,
  connections: 50,
  messagesIn: 1_000,
  messagesOut: 2_000,
};
const later = (changes: Partial<ProbedSnapshot>): ProbedSnapshot => ({ ...snapshot, ...changes });

test('createRates() makes rates out of two looks', () => {
  const rates = createRates();
  rates([snapshot]);
  const changes = { at: 3_000, cpuMicros: 1_500_000, gcMs: 14, messagesIn: 1_100, messagesOut: 2_600 };
  expect(
    rates([later({ ...changes, connections: 60, rssBytes: 61_000_000, eventLoop: { p99: 5 } })]),
  ).toEqual([
    {
      role: 'worker',
      id: 0,
      pid: 100,
      cpuCores: 0.5,
      rssBytes: 61_000_000,
      eventLoopP99Ms: 5,
      gcMsPerSecond: 2,
      connections: 60,
      messagesInPerSecond: 50,
      messagesOutPerSecond: 300,
    },
  ]);
});

test('createRates() knows no rate at the first look at a process, also at one that was started again', () => {
  const rates = createRates();
  const none = { cpuCores: 0, gcMsPerSecond: 0, messagesInPerSecond: 0, messagesOutPerSecond: 0 };
  expect(rates([snapshot])).toMatchObject([none]);
  expect(rates([later({ pid: 101, at: 2_000, messagesIn: 5 })])).toMatchObject([none]);
});

test('createRates() repeats a rate when the cluster has not measured again', () => {
  const rates = createRates();
  rates([snapshot]);
  const second = later({ at: 2_000, messagesIn: 1_300 });
  expect(rates([second])).toMatchObject([{ messagesInPerSecond: 300 }]);
  expect(rates([second])).toMatchObject([{ messagesInPerSecond: 300 }]);
  expect(rates([later({ at: 3_000, messagesIn: 1_350 })])).toMatchObject([{ messagesInPerSecond: 50 }]);
});

test('createRates() keeps processes of one role apart, in the order they are given', () => {
  const rates = createRates();
  rates([snapshot, later({ id: 1 }), later({ role: 'broker' })]);
  const next = rates([
    later({ role: 'broker', at: 2_000, messagesIn: 1_003 }),
    later({ id: 1, at: 2_000, messagesIn: 1_002 }),
    later({ at: 2_000, messagesIn: 1_001 }),
  ]);
  expect(next.map(({ messagesInPerSecond }) => messagesInPerSecond)).toEqual([3, 2, 1]);
});

test('createRates() tells rates that add up to what was counted, however often it looks', () => {
  const steps = fc.array(fc.record({ ms: fc.integer({ min: 1, max: 5_000 }), count: fc.nat(10_000) }));
  fc.assert(
    fc.property(steps, (list) => {
      const rates = createRates();
      let { at, messagesIn } = snapshot;
      let counted = 0;
      rates([snapshot]);
      for (const { ms, count } of list) {
        at += ms;
        messagesIn += count;
        counted += ((rates([later({ at, messagesIn })])[0]?.messagesInPerSecond ?? 0) * ms) / 1_000;
      }
      expect(counted).toBeCloseTo(messagesIn - snapshot.messagesIn, 3);
    }),
  );
});

test('createRates() leaves a process out that tells nothing new, until it does', () => {
  const rates = createRates();
  const figures = [1_000, 2_000, 2_000, 2_000, 2_000, 7_000].map((at) => rates([{ ...snapshot, at }]).length);
  expect(figures).toEqual([1, 1, 1, 1, 0, 1]);
});
