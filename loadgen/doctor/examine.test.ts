import { expect, test } from 'vitest';
import type { Scenario } from '../plan/index.ts';
import { resolvePlan } from '../plan/resolve/index.ts';
import { usualPrices } from './cost.ts';
import { examine, forecastOf } from './examine.ts';

const scenario: Scenario = {
  name: 'examine',
  question: 'What does it take?',
  users: 1_000,
  ramp: 100,
  duration: 10,
  behaviour: { kind: 'ping-pong', payload: {}, every: 1 },
  target: { workers: 2, brokers: 1, controller: './controller.js' },
  rules: [],
};
const resolved = resolvePlan(scenario);

test('examine() carries as many users as the nearest limit lets through', () => {
  const { carries, limits, isTried, cost } = examine({ resolved });
  expect(carries).toBe(Math.min(...limits.map(({ users }) => users)));
  expect(isTried).toBe(false);
  expect(cost.target).not.toBeNull();
});

test('examine() takes the prices of a trial, and no part of a target elsewhere', () => {
  const usual = usualPrices(resolved, 1);
  const dear = { ...usual, generator: { ...usual.generator, message: 160 } };
  const trial = { prices: dear, leastPrices: usual, doubts: ['It was late'] };
  const examined = examine({ resolved, targetAddress: '10.0.0.1', trial });
  expect(examined).toMatchObject({ isTried: true, doubts: ['It was late'], leastCost: { target: null } });
  const { generator } = examine({ resolved }).cost;
  expect(examined.leastCost.generator).toEqual(generator);
  expect(forecastOf(examined)).toMatchObject({
    generator: { cpuCores: examined.cost.generator.measuredCores, leastCpuCores: generator.measuredCores },
    target: null,
  });
  expect(examined.cost.target).toBeNull();
  expect(examined.cost.generator.measuredCores).toBeCloseTo(0.16);
  expect(examined.limits.map(({ name }) => name)).not.toContain('listen queue');
});

test('examine() says of a behaviour that nobody knows what is not in its figures', () => {
  const own = resolvePlan({ ...scenario, behaviour: { kind: 'custom', file: './own.mjs' } });
  expect(examine({ resolved: own }).doubts).toEqual([expect.stringContaining('behaviours of your own')]);
  expect(examine({ resolved }).doubts).toEqual([]);
});

test('forecastOf() says of the measured phases what a summary will say of them', () => {
  const examination = examine({ resolved });
  expect(forecastOf(examination)).toEqual({
    users: examination.carries,
    limit: examination.limits[0]?.name,
    generator: {
      cpuCores: examination.cost.generator.measuredCores,
      rssMB: examination.cost.generator.memoryBytes / 1e6,
    },
    target: expect.objectContaining({ cpuCores: examination.cost.target?.measuredCores }),
  });
});
