import { expect, test } from 'vitest';
import { checkArrivals, checkTurns, misfitOf } from './arrivals.ts';
import { createRandomPlan } from './plans.ts';

test('misfitOf() is small for an even spread and large for a heap', () => {
  const even = Array.from({ length: 1_000 }, (_, n) => (n + 0.5) / 1_000);
  expect(misfitOf(even)).toBeLessThan(0.1);
  expect(misfitOf(even.map((value) => value ** 1.2))).toBeGreaterThan(1.95);
});

test('checkArrivals() accepts users that come at random and refuses those that come in step', () => {
  const random = createRandomPlan(1);
  expect(checkArrivals(random)).toMatchObject({ ok: true });
  const skewed = structuredClone(random);
  skewed.arrivals.stages = [{ start: 0, users: 2_000, rate: { from: 400, to: 200 } }];
  expect(checkArrivals(skewed)).toMatchObject({ ok: false });
});

test('checkTurns() accepts messages that come at random and refuses a beat', () => {
  const random = createRandomPlan(1);
  expect(checkTurns(random)).toMatchObject({ ok: true });
  const beat = structuredClone(random);
  beat.users = 2;
  beat.arrivals.stages = [{ start: 0, users: 2, rate: { from: 400, to: 400 } }];
  for (const group of beat.groups) {
    group.users = 2;
    if ('every' in group.behaviour) group.behaviour.every = { mean: 0.01, shape: 'constant', spread: 0 };
  }
  expect(checkTurns(beat)).toMatchObject({ ok: false });
});
