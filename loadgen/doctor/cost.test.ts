import { expect, test } from 'vitest';
import { resolvePlan } from '../plan/resolve/index.ts';
import { estimateCost } from './cost.ts';

const costOf = (users: number, every: number, ramp = 100) =>
  estimateCost(
    resolvePlan({
      name: 'cost',
      question: 'What does it take?',
      users,
      ramp,
      duration: 10,
      behaviour: { kind: 'ping-pong', payload: {}, every },
      target: { workers: 2, brokers: 1, controller: './controller.js' },
      rules: [],
    }),
    { processes: 1 },
  );

test('estimateCost() grows with users and with messages, on both sides', () => {
  const [few, many, busy] = [costOf(1_000, 2), costOf(2_000, 2), costOf(1_000, 0.1)];
  for (const side of ['generator', 'target'] as const) {
    expect(many[side].memoryBytes).toBeGreaterThan(few[side].memoryBytes);
    expect(busy[side].cores).toBeGreaterThan(few[side].cores * 5);
    expect(busy[side].memoryBytes).toBe(few[side].memoryBytes);
  }
});

test('estimateCost() takes the arrival of users for the hardest part when it is', () => {
  const [fast, slow] = [costOf(1_000, 100, 1_000).target, costOf(1_000, 100, 10).target];
  expect(fast.cores).toBeGreaterThan(slow.cores * 10);
  expect(fast.measuredCores).toBe(slow.measuredCores);
});
