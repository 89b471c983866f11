import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ClusterError } from '../../../server/errors/index.ts';
import { defineScenario } from '../scenario.ts';
import { resolvePlan } from './resolve.ts';

const scenario = defineScenario({
  name: '42k-users',
  question: 'Does it hold?',
  users: 42_000,
  ramp: 160,
  duration: 60,
  behaviour: { kind: 'ping-pong', payload: { name: 'Bob' }, every: 6 },
  target: { workers: 3, brokers: 1, controller: './controller.ts' },
  rules: ['users.failed == 0'],
});

function problemsOf(value: unknown, overrides = {}): string {
  try {
    resolvePlan(value, overrides);
  } catch (error) {
    if (error instanceof ClusterError && error.code === 'OPTION_INVALID') return error.message;
    throw error;
  }
  return '';
}

test('resolvePlan() fills in what a scenario leaves out', () => {
  expect(resolvePlan(scenario)).toEqual({
    plan: {
      scenario: '42k-users',
      seed: 1,
      users: 42_000,
      ramp: 160,
      answerWithin: 10,
      behaviour: {
        kind: 'ping-pong',
        event: 'ping',
        reply: 'pong',
        payload: { name: 'Bob' },
        every: 6,
        spread: 0.5,
      },
      phases: [
        { name: 'ramp', start: 0, end: 263 },
        { name: 'settle', start: 263, end: 268 },
        { name: 'steady', start: 268, end: 328 },
        { name: 'drain', start: 328, end: 338 },
      ],
    },
    question: 'Does it hold?',
    target: { workers: 3, brokers: 1, balancers: 0, controller: './controller.ts', options: {} },
    rules: ['users.failed == 0'],
    driver: 'socketcluster',
    messagesPerSecond: 7_000,
    deliveriesPerSecond: 0,
  });
});

test('resolvePlan() takes the command line’s changes, and leaves the scenario as it was', () => {
  const before = structuredClone(scenario);
  const { plan, target, messagesPerSecond } = resolvePlan(scenario, {
    users: 100,
    ramp: 50,
    duration: 1.5,
    rate: 2,
    workers: 1,
    brokers: 2,
    seed: 9,
    balancers: undefined,
  });
  expect(plan).toMatchObject({
    users: 100,
    ramp: 50,
    seed: 9,
    behaviour: { every: 0.5, payload: { name: 'Bob' } },
  });
  expect(plan.phases).toContainEqual({ name: 'steady', start: 7, end: 9 });
  expect(target).toMatchObject({ workers: 1, brokers: 2 });
  expect(messagesPerSecond).toBe(200);
  expect(scenario).toEqual(before);
});

test('resolvePlan() begins and ends every phase where its neighbour ends and begins, on whole seconds', () => {
  const length = fc.double({ min: 0.001, max: 5_000, noNaN: true });
  fc.assert(
    fc.property(
      length,
      length,
      length,
      fc.integer({ min: 1, max: 9_999 }),
      (ramp, duration, answerWithin, users) => {
        const { phases } = resolvePlan({ ...scenario, ramp, duration, answerWithin, users }).plan;
        const edges = phases.flatMap(({ start, end }) => [start, end]);
        expect(edges.every(Number.isInteger)).toBe(true);
        expect(edges).toEqual([...edges].sort((one, other) => one - other));
        expect(phases.slice(1).map(({ start }) => start)).toEqual(phases.slice(0, -1).map(({ end }) => end));
        expect(phases.every(({ start, end }) => end > start)).toBe(true);
      },
    ),
  );
});

test('resolvePlan() says all problems of scenario and command line at once', () => {
  const wrong = {
    ...scenario,
    users: 0,
    colour: 'red',
    rules: ['users.faild == 0'],
    behaviour: { ...scenario.behaviour, spread: 2 },
  };
  expect(problemsOf(wrong, { rate: 0, balancers: -1 })).toBe(
    'Cannot run scenario "42k-users": "rate" is 0, wanted messages per second, more than 0; ' +
      '"users" is 0, wanted a whole number from 1 to 10000000; ' +
      '"behaviour.spread" is 2, wanted a number from 0 to 1; ' +
      '"target.balancers" is -1, wanted a whole number from 0 to 10000000; ' +
      'Cannot hold rule "users.faild == 0": there is no figure "users.faild", the nearest is "users.failed"; ' +
      '"colour" is no field of a scenario',
  );
});

test.each<[string, unknown, string]>([
  ['no object', 'nope', 'Cannot run scenario "": it is "nope", wanted an object'],
  [
    'a field that is missing',
    { ...scenario, question: undefined },
    '"question" is missing, wanted some text',
  ],
  [
    'an unknown behaviour',
    { ...scenario, behaviour: { kind: 'dance' } },
    '"behaviour.kind" is "dance", wanted a behaviour of kind ping-pong or channels',
  ],
  [
    'text for a number',
    { ...scenario, ramp: '2000/s' },
    '"ramp" is "2000/s", wanted users per second, more than 0',
  ],
  [
    'a number that is none',
    { ...scenario, duration: Number.NaN },
    '"duration" is NaN, wanted seconds, more than 0',
  ],
  [
    'a wrong field inside',
    { ...scenario, target: { ...scenario.target, worker: 3 } },
    '"target.worker" is no field of a scenario',
  ],
  [
    'a payload no JSON can hold',
    { ...scenario, behaviour: { ...scenario.behaviour, payload: 1n } },
    '"behaviour.payload" is',
  ],
])('resolvePlan() refuses %s', (_, value, sentence) => {
  expect(problemsOf(value)).toContain(sentence);
});

test('resolvePlan() refuses more subscriptions than channels', () => {
  const behaviour = { kind: 'channels', channels: 2, subscriptions: 3, publishers: 1, every: 1 };
  expect(problemsOf({ ...scenario, behaviour })).toBe(
    'Cannot run scenario "42k-users": "behaviour.subscriptions" is 3, wanted no more than there are "channels"',
  );
  const { plan, ...rates } = resolvePlan({
    ...scenario,
    users: 10,
    behaviour: { ...behaviour, subscriptions: 2 },
  });
  expect(plan.behaviour).toMatchObject({ spread: 0.5, payloadBytes: 64 });
  expect(rates).toMatchObject({ messagesPerSecond: 10, deliveriesPerSecond: 100 });
});

test('resolvePlan() answers any value with a plan or with sentences', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (behaviour, target) => {
      expect(problemsOf({ ...scenario, behaviour, target })).toMatch(/^Cannot run scenario/);
      expect(problemsOf(target)).toMatch(/^Cannot run scenario/);
    }),
  );
});
