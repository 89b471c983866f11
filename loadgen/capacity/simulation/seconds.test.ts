import { expect, test } from 'vitest';
import { quietCluster } from './cluster.ts';
import { createDraws } from './draws.ts';
import { secondsOf, type TrialCourse } from './seconds.ts';

const course: TrialCourse = {
  load: 900,
  served: 1_000,
  waiting: 0,
  limitsMs: [10, 50, 100],
  leak: 0,
  seconds: 10,
};
const make = (change: Partial<TrialCourse>, cluster = quietCluster) =>
  secondsOf(cluster, { ...course, ...change }, createDraws(3, 0));
const shareInTime = (seconds: ReturnType<typeof make>, limit: number): number =>
  seconds.reduce((sum, { inTime }) => sum + (inTime[limit] ?? 0), 0) / (900 * seconds.length);

test('secondsOf() has everything in time below what is served', () => {
  for (const { scheduled, inTime } of make({})) expect(inTime).toEqual([scheduled, scheduled, scheduled]);
});

test('secondsOf() has pauses make as many late as their law says, over the trial', () => {
  const pausing = { ...quietCluster, pause: { ms: 60, everySeconds: 10 } };
  const seconds = make({}, pausing);
  expect(shareInTime(seconds, 0)).toBeCloseTo(0.95, 9);
  expect(shareInTime(seconds, 1)).toBeCloseTo(0.99, 9);
  expect(shareInTime(seconds, 2)).toBe(1);
});

test('secondsOf() falls behind above what is served: late after as long as the limit allows', () => {
  // 2 % too much: 20 ms more to wait each second.
  const seconds = make({ load: 1_020 });
  expect(seconds.map(({ inTime }) => Math.round((inTime[1] ?? 0) / 10.2))).toEqual([
    100, 100, 50, 0, 0, 0, 0, 0, 0, 0,
  ]);
  expect(seconds.at(-1)?.inFlight).toBeGreaterThan(200);
});

test('secondsOf() works off what waits at the beginning', () => {
  const inTime = make({ waiting: 450 }).map((second) => Math.round(((second.inTime[1] ?? 0) / 900) * 100));
  expect(inTime).toEqual([0, 0, 0, 0, 100, 100, 100, 100, 100, 100]);
});

test('secondsOf() leaks bytes without being late', () => {
  const seconds = make({ leak: 50_000 });
  expect((seconds.at(-1)?.backlogBytes ?? 0) - (seconds[0]?.backlogBytes ?? 0)).toBeGreaterThan(440_000);
  expect(seconds.at(-1)?.inTime[0]).toBe(900);
});
