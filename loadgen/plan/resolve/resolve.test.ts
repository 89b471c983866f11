import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ClusterError } from '../../../server/errors/index.ts';
import { defineScenario } from '../scenario.ts';
import { createSchedule } from '../schedule/index.ts';
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
  const full = { from: 1, to: 1 };
  expect(resolvePlan(scenario)).toEqual({
    plan: {
      scenario: '42k-users',
      seed: 1,
      users: 42_000,
      arrivals: { shape: 'even', stages: [{ start: 0, users: 42_000, rate: { from: 160, to: 160 } }] },
      groups: [
        {
          name: 'ping-pong',
          users: 42_000,
          behaviour: {
            kind: 'ping-pong',
            event: 'ping',
            reply: 'pong',
            payload: { name: 'Bob' },
            every: { mean: 6, shape: 'even', spread: 0.5 },
            model: 'open',
          },
          stays: null,
          returns: null,
          reconnects: null,
          stalls: null,
        },
      ],
      phases: [
        { name: 'ramp', start: 0, end: 263, measured: false, pace: full },
        { name: 'settle', start: 263, end: 268, measured: false, pace: full },
        { name: 'steady', start: 268, end: 328, measured: true, pace: full },
        { name: 'drain', start: 328, end: 338, measured: false, pace: { from: 0, to: 0 } },
      ],
      answerWithin: 10,
    },
    question: 'Does it hold?',
    target: { workers: 3, brokers: 1, balancers: 0, hosts: 1, controller: './controller.ts', options: {} },
    connect: {},
    rules: [{ rule: 'users.failed == 0', abort: false, from: 268 }],
    faults: [],
    http: null,
    driver: 'socketcluster',
    protocolVersion: 'auto',
    messagesPerSecond: 7_000,
    deliveriesPerSecond: 0,
  });
});

test('resolvePlan() keeps the schedule it has always made of a scenario', () => {
  const schedule = createSchedule(resolvePlan(scenario).plan);
  expect(schedule.arrival(12_345)).toBe(12_345 / 160);
  expect(schedule.firstTurn(12_345, schedule.arrival(12_345))).toBe(84.94113241003859);
});

test('resolvePlan() takes the command line’s changes, and leaves the scenario as it was', () => {
  const before = structuredClone(scenario);
  const { plan, target, driver, messagesPerSecond } = resolvePlan(scenario, {
    users: 100,
    ramp: 50,
    duration: 1.5,
    rate: 2,
    workers: 1,
    brokers: 2,
    seed: 9,
    driver: 'socketcluster-client',
    balancers: undefined,
  });
  expect(plan).toMatchObject({
    users: 100,
    arrivals: { stages: [{ users: 100, rate: { from: 50, to: 50 } }] },
    seed: 9,
    groups: [{ behaviour: { every: { mean: 0.5 }, payload: { name: 'Bob' } } }],
  });
  expect(plan.phases).toContainEqual(expect.objectContaining({ name: 'steady', start: 7, end: 9 }));
  expect(target).toMatchObject({ workers: 1, brokers: 2 });
  expect(driver).toBe('socketcluster-client');
  expect(messagesPerSecond).toBe(200);
  expect(scenario).toEqual(before);
});

test('resolvePlan() plans everything a scenario can say', () => {
  const { behaviour, duration, ...rest } = scenario;
  const { plan, rules, faults, http, connect, protocolVersion } = resolvePlan({
    ...rest,
    users: 1_000,
    ramp: [{ users: 400, rate: [0, 80] }, { wait: 5 }, { users: 600, rate: 100 }],
    arrivals: 'poisson',
    settle: 0,
    phases: [
      { name: 'warm', duration: 10, measured: false },
      { name: 'rise', duration: 20, pace: [1, 3], rules: ['latencyMs.response.p99 < 50ms'] },
      { name: 'peak', duration: 30, pace: 3, rules: [{ rule: 'messages.lost == 0', abort: true, grace: 2 }] },
    ],
    groups: [
      {
        name: 'talkers',
        weight: 3,
        behaviour,
        stays: 60,
        returns: { mean: 5, shape: 'exponential' },
        reconnects: true,
      },
      {
        name: 'readers',
        weight: 1,
        behaviour: { kind: 'idle' },
        reconnects: { initial: 1 },
        stalls: { every: 30, for: 2 },
      },
    ],
    http: { rate: 50 },
    connect: { headers: { a: 'b' }, tokens: { key: 'secret', distinct: 10 } },
    faults: [
      { at: 20, do: 'stop', role: 'broker', id: 0 },
      { at: 10, do: 'kill' },
    ],
    rules: [{ rule: 'users.failed == 0', abort: true }, 'phases.peak.messages.sent > 0'],
    protocolVersion: 2,
  });
  expect(plan.arrivals).toEqual({
    shape: 'poisson',
    stages: [
      { start: 0, users: 400, rate: { from: 0, to: 80 } },
      { start: 15, users: 600, rate: { from: 100, to: 100 } },
    ],
  });
  expect(plan.phases.map(({ name, start, end, pace }) => [name, start, end, pace.from, pace.to])).toEqual([
    ['ramp', 0, 21, 1, 1],
    ['warm', 21, 31, 1, 1],
    ['rise', 31, 51, 1, 3],
    ['peak', 51, 81, 3, 3],
    ['drain', 81, 91, 0, 0],
  ]);
  expect(plan.groups).toMatchObject([
    {
      name: 'talkers',
      users: 750,
      stays: { mean: 60, shape: 'even', spread: 0.5 },
      returns: { mean: 5, shape: 'exponential', spread: 0 },
      reconnects: { initial: 10, randomness: 10, multiplier: 1.5, most: 60 },
      stalls: null,
    },
    {
      name: 'readers',
      users: 250,
      behaviour: { kind: 'idle' },
      reconnects: { initial: 1, randomness: 10, multiplier: 1.5, most: 60 },
      stalls: { every: { mean: 30 }, for: { mean: 2 } },
    },
  ]);
  expect(rules).toEqual([
    { rule: 'users.failed == 0', abort: true, from: 31 },
    { rule: 'phases.peak.messages.sent > 0', abort: false, from: 31 },
    { rule: 'phases.rise.latencyMs.response.p99 < 50ms', abort: false, from: 31 },
    { rule: 'phases.peak.messages.lost == 0', abort: true, from: 53 },
  ]);
  expect(faults).toEqual([
    { second: 41, do: 'kill', role: 'worker', id: null, for: 5 },
    { second: 51, do: 'stop', role: 'broker', id: 0, for: 5 },
  ]);
  expect(http).toEqual({ path: '/', rate: 50, connections: 10, method: 'GET', headers: {}, body: '' });
  expect(connect).toEqual({ headers: { a: 'b' }, tokens: { key: 'secret', distinct: 10 } });
  expect(protocolVersion).toBe(2);
  expect(duration).toBe(60);
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
    [
      '"rate" is 0, wanted messages per second, more than 0',
      '"users" is 0, wanted a whole number from 1 to 10000000',
      '"behaviour.spread" is 2, wanted a number from 0 to 1',
      '"target.balancers" is -1, wanted a whole number from 0 to 10000000',
      'Cannot hold rule "users.faild == 0": there is no figure "users.faild", the nearest is "users.failed"',
      '"colour" is no field of a scenario',
    ]
      .map((problem) => `Cannot run scenario "42k-users": ${problem}`)
      .join('\n'),
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
    '"behaviour.kind" is "dance", wanted a behaviour of kind ping-pong, calls, channels, idle, messages or custom',
  ],
  [
    'text for a number',
    { ...scenario, ramp: '2000/s' },
    '"ramp" is "2000/s", wanted users per second, more than 0, or stages',
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
    'a wrong field of a gap',
    { ...scenario, behaviour: { ...scenario.behaviour, every: { mean: -1, form: 'even' } } },
    '"behaviour.every.mean" is -1, wanted seconds, more than 0\nCannot run scenario "42k-users": "behaviour.every.form" is no field of a scenario',
  ],
  [
    'a gap of another kind',
    { ...scenario, behaviour: { ...scenario.behaviour, every: '6s' } },
    '"behaviour.every" is "6s", wanted seconds, more than 0, or a gap such as { mean: 6, shape: "exponential" }',
  ],
  [
    'two spreads',
    { ...scenario, behaviour: { ...scenario.behaviour, every: { mean: 1 }, spread: 0.1 } },
    '"behaviour.spread" is 0.1, wanted none beside an "every" that is a gap: it has a spread of its own',
  ],
  [
    'a spread that leaves nothing to spread',
    { ...scenario, behaviour: { ...scenario.behaviour, every: { mean: 1, shape: 'constant', spread: 0.1 } } },
    '"behaviour.every.spread" is 0.1, wanted none for shapes "constant" and "exponential"',
  ],
  [
    'a stage without anybody',
    { ...scenario, ramp: [{ users: 0, rate: 10 }] },
    '"ramp.0.users" is 0, wanted a whole number from 1 to 10000000',
  ],
  [
    'a stage that stands still',
    { ...scenario, ramp: [{ users: 1, rate: [0, 0] }] },
    '"ramp.0.rate" is [ 0, 0 ], wanted users per second, more than 0',
  ],
  [
    'a rule of a phase over a figure that only runs have',
    { ...scenario, phases: [{ name: 'peak', duration: 5, rules: ['seconds > 1'] }] },
    'Cannot hold rule "seconds > 1": there is no figure "seconds"',
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
  expect(plan.groups[0]?.behaviour).toMatchObject({
    every: { mean: 1, shape: 'even', spread: 0.5 },
    channelsOf: '',
    popularity: 'even',
    subscribers: 1,
    publishTo: 'own',
    payloadBytes: 64,
  });
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

test('resolvePlan() gets along with any value of any field', () => {
  const fields = [
    'ramp',
    'phases',
    'groups',
    'faults',
    'connect',
    'http',
    'rules',
    'stalls',
    'reconnects',
    'settle',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...fields), fc.anything(), (field, value) => {
      expect(problemsOf({ ...scenario, [field]: value })).toMatch(/^(Cannot run scenario .*)?$/s);
    }),
    { numRuns: 500 },
  );
});
