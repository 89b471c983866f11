import { expect, test } from 'vitest';
import type { Group, Plan } from './plan.ts';
import { planHash } from './schedule-hash.ts';
import { channels, gapOf, groupOf, pingPong, planOf } from './testing.ts';

const plan = planOf({ users: 100, behaviour: pingPong({ payload: { a: 1, b: 2 } }) });
const withGroup = (changes: Partial<Group>): Partial<Plan> => ({
  groups: [groupOf({ users: 100, ...changes })],
});

test('planHash() is the same for plans that were put together in another order', () => {
  const { scenario, ...rest } = plan;
  const groups = [groupOf({ users: 100, behaviour: pingPong({ payload: { b: 2, a: 1 } }) })];
  const turned: Plan = { ...rest, groups, scenario };
  expect(planHash(turned)).toBe(planHash(plan));
  expect(planHash(plan)).toMatch(/^[0-9a-f]{12}$/);
});

test.each<[string, Partial<Plan>]>([
  ['seed', { seed: 2 }],
  ['users', planOf({ users: 101, behaviour: plan.groups[0]!.behaviour })],
  ['ramp', { arrivals: { ...plan.arrivals, shape: 'poisson' } }],
  ['pace', { phases: plan.phases.map((phase) => ({ ...phase, pace: { from: 2, to: 2 } })) }],
  ['gap', withGroup({ behaviour: pingPong({ payload: { a: 1, b: 2 }, every: gapOf({ mean: 7 }) }) })],
  ['payload', withGroup({ behaviour: pingPong({ payload: { a: 1, b: 3 } }) })],
  ['habits', withGroup({ behaviour: plan.groups[0]!.behaviour, stays: gapOf() })],
])('planHash() changes with the %s', (_, changes) => {
  expect(planHash({ ...plan, ...changes })).not.toBe(planHash(plan));
});

test('planHash() covers plans with fewer users than it samples, and with none who sends', () => {
  const quiet = planOf({ users: 1, behaviour: channels({ publishers: 0 }) });
  const loud = planOf({ users: 1, behaviour: channels({ publishers: 1 }) });
  expect(planHash(quiet)).not.toBe(planHash(loud));
});
