/** Plans to be checked without being driven. */
import type { Plan } from '../../plan/index.ts';
import { resolvePlan } from '../../plan/resolve/index.ts';

/** Users that come at random and act at random, for a minute. */
export function createRandomPlan(seed: number): Plan {
  return resolvePlan({
    name: 'selftest',
    question: 'Do users come and act at random?',
    users: 2_000,
    ramp: 400,
    arrivals: 'poisson',
    duration: 20,
    behaviour: { kind: 'calls', payload: null, every: { mean: 5, shape: 'exponential' } },
    target: { workers: 1, brokers: 1, controller: './none.js' },
    rules: [],
    seed,
  }).plan;
}
