import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planGroups } from './groups.ts';
import { scenarioSchema } from './schema/index.ts';

const groupsOf = (changes: object) =>
  planGroups(
    scenarioSchema.parse({
      name: 's',
      question: 'q?',
      users: 100,
      ramp: 50,
      duration: 3,
      target: { workers: 1, brokers: 1, controller: './c.js' },
      rules: [],
      ...changes,
    }),
  );

test('planGroups() makes one group of a bare behaviour, with the habits of the scenario', () => {
  expect(groupsOf({ behaviour: { kind: 'idle' }, stays: 10, reconnects: true })).toEqual([
    {
      name: 'idle',
      users: 100,
      behaviour: { kind: 'idle' },
      stays: { mean: 10, shape: 'even', spread: 0.5 },
      returns: null,
      reconnects: { initial: 10, randomness: 10, multiplier: 1.5, most: 60 },
      stalls: null,
    },
  ]);
});

test('planGroups() gives out every user by weight', () => {
  const weights = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), weights, (users, drawn) => {
      const groups = drawn.map((weight, n) => ({ name: `g${n}`, weight, behaviour: { kind: 'idle' } }));
      const planned = groupsOf({ users, groups });
      expect(planned.reduce((sum, group) => sum + group.users, 0)).toBe(users);
    }),
  );
});

test.each([
  [6, undefined, { mean: 6, shape: 'even', spread: 0.5 }],
  [6, 0.1, { mean: 6, shape: 'even', spread: 0.1 }],
  [{ mean: 6 }, undefined, { mean: 6, shape: 'even', spread: 0.5 }],
  [{ mean: 6, spread: 1 }, undefined, { mean: 6, shape: 'even', spread: 1 }],
  [{ mean: 6, shape: 'constant' }, undefined, { mean: 6, shape: 'constant', spread: 0 }],
  [{ mean: 6, shape: 'exponential' }, undefined, { mean: 6, shape: 'exponential', spread: 0 }],
  [{ mean: 6, shape: 'lognormal' }, undefined, { mean: 6, shape: 'lognormal', spread: 1 }],
  [{ mean: 6, shape: 'lognormal', spread: 2 }, undefined, { mean: 6, shape: 'lognormal', spread: 2 }],
])('planGroups() plans an "every" of %o with a spread of %o', (every, spread, planned) => {
  const behaviour = { kind: 'calls', payload: null, every, ...(spread === undefined ? {} : { spread }) };
  expect(groupsOf({ behaviour })[0]?.behaviour).toEqual({
    kind: 'calls',
    event: 'call',
    payload: null,
    every: planned,
    model: 'open',
  });
});
