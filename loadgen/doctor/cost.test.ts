import { expect, test } from 'vitest';
import { resolvePlan } from '../plan/resolve/index.ts';
import { estimateCost, usualMessage, usualPrices } from './cost.ts';

const costOf = (users: number, every: number, ramp = 100, options = {}) =>
  estimateCost(
    resolvePlan({
      name: 'cost',
      question: 'What does it take?',
      users,
      ramp,
      duration: 10,
      behaviour: { kind: 'ping-pong', payload: {}, every },
      target: { workers: 2, brokers: 1, controller: './controller.js', options },
      rules: [],
    }),
    { processes: 1 },
  );

test('estimateCost() grows with users and with messages, on both sides', () => {
  const [few, many, busy] = [costOf(1_000, 2), costOf(2_000, 2), costOf(1_000, 0.01)];
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

test('estimateCost() counts the heartbeats of all users, as often as the target wants them', () => {
  const flow = { messagesPerSecond: 100, deliveriesPerSecond: 0, target: { workers: 2 } };
  const { heartbeat, message } = usualPrices(flow, 1).target;
  const { target } = costOf(10_000, 100, 100, { pingInterval: 25_000 });
  expect(target.measuredCores).toBeCloseTo((100 * message + 400 * heartbeat) / 1e6, 9);
  const usual = costOf(10_000, 100).target;
  expect(usual.measuredCores).toBeCloseTo((100 * message + 1_250 * heartbeat) / 1e6, 9);
});

test('estimateCost() has the last users arrive while all others are busy', () => {
  const [fast, slow] = [costOf(1_000, 1, 500).target, costOf(1_000, 1, 250).target];
  expect(fast.cores - fast.measuredCores).toBeGreaterThan(0.01);
  expect(fast.cores - fast.measuredCores).toBeCloseTo(2 * (slow.cores - slow.measuredCores), 9);
});

test.each([
  ['generator', 1_000, 80],
  ['generator', 2_000, 35.5],
  ['generator', 2_333, 28.5],
  ['generator', 7_000, 14.8],
  ['generator', 170_000, 3.6],
  ['target', 500, 82],
  ['target', 1_000, 60],
  ['target', 2_333, 40],
  ['target', 170_000, 6],
] as const)(
  'usualMessage() of the %s at %i a second is within a third of %d µs, as measured',
  (side, rate, micros) => {
    expect(Math.abs(usualMessage(side, rate) / micros - 1)).toBeLessThan(0.33);
  },
);
