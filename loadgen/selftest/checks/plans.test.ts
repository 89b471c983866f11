import { expect, test } from 'vitest';
import { createRandomPlan } from './plans.ts';

test('createRandomPlan() lets users come and act at random, by its seed', () => {
  const plan = createRandomPlan(7);
  expect(plan.seed).toBe(7);
  expect(plan.arrivals.shape).toBe('poisson');
  expect(plan.groups[0]?.behaviour).toMatchObject({ every: { shape: 'exponential' } });
});
