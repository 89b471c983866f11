import { expect, test } from 'vitest';
import { createSchedule } from '../../../plan/index.ts';
import { planOf } from './own.ts';

test('planOf() lets users come in steps, each of whom asks at its times', () => {
  const plan = planOf({
    steps: [
      { users: 100, hold: 7 },
      { users: 50, hold: 0 },
    ],
    perSecond: 50,
    every: 0.25,
  });
  expect(plan.users).toBe(150);
  const schedule = createSchedule(plan);
  expect([0, 99, 100, 149].map((user) => schedule.arrival(user))).toEqual([0, 1.98, 9, 9.98]);
  const first = schedule.firstTurn(7, 0);
  expect(first).toBeLessThan(0.25);
  expect(schedule.nextTurn(7, 1, first) - first).toBeCloseTo(0.25, 9);
});

test('planOf() lets users that ask nothing come and stay', () => {
  const plan = planOf({ steps: [{ users: 3, hold: 0 }], perSecond: 50, every: undefined });
  expect(plan.groups[0]?.behaviour).toEqual({ kind: 'idle' });
  expect(plan.phases.at(-1)?.end).toBeGreaterThan(900);
});
