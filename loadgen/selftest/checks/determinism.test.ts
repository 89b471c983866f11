import { expect, test } from 'vitest';
import { checkDeterminism } from './determinism.ts';
import { createRandomPlan } from './plans.ts';

test('checkDeterminism() finds the same events however many processes drive them', () => {
  const check = checkDeterminism(createRandomPlan(3));
  expect(check.ok).toBe(true);
  expect(Number(/^\d+/.exec(check.found)?.[0])).toBeGreaterThan(10_000);
});
