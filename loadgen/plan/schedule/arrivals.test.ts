import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Plan } from '../plan.ts';
import { misfit, planOf, upTo } from '../testing.ts';
import { ArrivalTimes, meanArrivalRate, stageSeconds } from './arrivals.ts';

type Stages = Plan['arrivals']['stages'];

function planWith(shape: Plan['arrivals']['shape'], stages: Stages, seed = 1): Plan {
  const users = stages.reduce((sum, stage) => sum + stage.users, 0);
  return planOf({ seed, users, arrivals: { shape, stages } });
}

const rate = (from: number, to = from) => ({ from, to });

function timesOf(plan: Plan): number[] {
  const arrivals = new ArrivalTimes(plan);
  return upTo(plan.users).map((user) => arrivals.of(user));
}

test('ArrivalTimes lets users in at the ramp', () => {
  const arrivals = new ArrivalTimes(planOf());
  expect(arrivals.of(0)).toBe(0);
  expect(arrivals.of(41_999)).toBe(41_999 / 160);
});

test('ArrivalTimes lets users in by stages, at a rate that grows or stays, after each pause', () => {
  const times = timesOf(
    planWith('even', [
      { start: 0, users: 100, rate: rate(0, 20) },
      { start: 30, users: 50, rate: rate(10) },
    ]),
  );
  // A quarter of the users within the first half of a rate that grows from 0.
  expect(times.filter((at) => at < 5)).toHaveLength(25);
  expect(times[99]!).toBeLessThan(10);
  expect(times[100]).toBe(30);
  expect(times[149]).toBeCloseTo(34.9, 9);
});

test.each(['even', 'poisson'] as const)(
  'ArrivalTimes lets every user in within its stage, in order: %s',
  (shape) => {
    const stage = fc.record({
      wait: fc.integer({ min: 0, max: 20 }),
      users: fc.integer({ min: 1, max: 200 }),
      from: fc.integer({ min: 0, max: 100 }),
      to: fc.integer({ min: 1, max: 100 }),
    });
    fc.assert(
      fc.property(fc.array(stage, { minLength: 1, maxLength: 5 }), fc.nat(), (drawn, seed) => {
        let start = 0;
        const stages = drawn.map(({ wait, users, from, to }) => {
          const placed = { start: start + wait, users, rate: rate(from, to) };
          start = placed.start + stageSeconds(placed);
          return placed;
        });
        const times = timesOf(planWith(shape, stages, seed));
        expect(times).toEqual(times.toSorted((one, other) => one - other));
        let first = 0;
        for (const { start: begin, users, rate: each } of stages) {
          const end = begin + stageSeconds({ users, rate: each });
          expect(times[first]).toBeGreaterThanOrEqual(begin);
          expect(times[first + users - 1]).toBeLessThan(end + 1e-9);
          first += users;
        }
      }),
    );
  },
);

test.each([1, 2, 3])('ArrivalTimes are a Poisson process if so wanted, seed %i', (seed) => {
  const plan = planWith('poisson', [{ start: 0, users: 20_000, rate: rate(100) }], seed);
  const times = timesOf(plan);
  const gaps = times.slice(1).map((at, n) => at - times[n]!);
  expect(misfit(gaps, (gap) => 1 - Math.exp(-100 * gap))).toBeLessThan(1.95);
  expect(misfit(times, (at) => at / 200)).toBeLessThan(1.95);
  // Counts of a second vary as much as their mean: index of dispersion 1, give or take four deviations.
  const counts = new Array<number>(200).fill(0);
  for (const at of times) counts[Math.floor(at)]! += 1;
  const variance = counts.reduce((sum, count) => sum + (count - 100) ** 2, 0) / counts.length;
  expect(Math.abs(variance / 100 - 1)).toBeLessThan(4 * Math.sqrt(2 / 200));
});

test('ArrivalTimes spread a Poisson process over a rate that grows', () => {
  const plan = planWith('poisson', [{ start: 0, users: 10_000, rate: rate(0, 200) }]);
  expect(misfit(timesOf(plan), (at) => (at / 100) ** 2)).toBeLessThan(1.95);
});

test('ArrivalTimes refuses a user that no stage has', () => {
  expect(() => new ArrivalTimes(planOf({ users: 10 })).of(10)).toThrow(RangeError);
});

test('meanArrivalRate() is the ramp, and of several stages the mean without their pauses', () => {
  expect(meanArrivalRate(planOf())).toBe(160);
  const stages = [
    { start: 0, users: 100, rate: rate(10) },
    { start: 60, users: 100, rate: rate(0, 20) },
  ];
  expect(meanArrivalRate(planWith('even', stages))).toBeCloseTo(10, 9);
});

test('stageSeconds() is the time until the last user of a stage', () => {
  expect(stageSeconds({ users: 42_000, rate: rate(160) })).toBe(262.5);
  expect(stageSeconds({ users: 100, rate: rate(0, 20) })).toBe(10);
});
