import { expect, test } from 'vitest';
import { heartbeatBytes } from '../../wire/index.ts';
import { probeOf, times, windowOf } from '../testing.ts';
import { tally } from './tally.ts';
import { countsOf, processesOf } from './target.ts';

test('processesOf() sums each process up over the measured seconds, also those in which nobody looked', () => {
  const figures = { messagesInPerSecond: 100, messagesOutPerSecond: 50, connections: 5 };
  const probes = [
    probeOf(0, [
      { ...figures, cpuCores: 0.4, rssBytes: 10, eventLoopP99Ms: 3 },
      { role: 'broker', cpuCores: 0.1 },
    ]),
    probeOf(1, [{ ...figures, cpuCores: 0.6, rssBytes: 8, eventLoopP99Ms: 1, connections: 7 }]),
  ];
  const [worker, broker, ...others] = processesOf(probes, 4);
  expect(others).toEqual([]);
  expect(worker).toMatchObject({ role: 'worker', rssBytes: 10, sockets: 7, loopDelayMs: 3 });
  expect(worker?.busyMicros).toBeCloseTo(2_000_000);
  expect([worker?.received, worker?.sent]).toEqual([400, 200]);
  expect(broker?.busyMicros).toBeCloseTo(400_000);
});

test('processesOf() tells workers of the same number on two hosts apart', () => {
  const probes = [probeOf(0, [{ host: 'left' }, { host: 'right', cpuCores: 1 }])];
  expect(processesOf(probes, 1)).toMatchObject([
    { host: 'left', busyMicros: 0 },
    { host: 'right', busyMicros: 1_000_000 },
  ]);
});

test('countsOf() counts what came in, what went out, heartbeats and bytes of all of it', () => {
  const windows = [
    windowOf(0, 0, {
      sent: 10,
      response: times(9, 1),
      published: 2,
      push: times(8, 1),
      open: 50,
      connect: [1],
    }),
    windowOf(0, 1, { open: 50 }),
  ];
  const tallies = tally(windows, { limitsMs: [10], connectWithinMs: 1_000 });
  const traffic = {
    message: { inbound: 100, delivery: 50 },
    publication: { inbound: 14, delivery: 10 },
    pingsPerUser: 0.5,
    perConnect: 4,
  };
  expect(countsOf(windows, tallies, traffic)).toEqual({
    inbound: 12,
    deliveries: 17,
    published: 2,
    pushed: 8,
    pings: 50,
    connects: 1,
    uncounted: 4,
    bytes: 10 * 100 + 9 * 50 + 2 * 14 + 8 * 10 + 2 * 50 * heartbeatBytes,
  });
});
