import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyOverrides, type Overrides } from './overrides.ts';

const behaviour = { kind: 'ping-pong', payload: null, every: 6 };
const scenario = { name: 's', users: 1_000, ramp: 100, duration: 30, behaviour, target: { workers: 1 } };
const changed = (value: object, overrides: Overrides) => applyOverrides(value, overrides).value;

test('applyOverrides() lets stages keep their shares of other users, and leaves out those without any', () => {
  const ramp = [{ users: 900, rate: 10 }, { wait: 5 }, { users: 99, rate: [1, 2] }, { users: 1, rate: 3 }];
  expect(changed({ ...scenario, ramp }, { users: 100 })).toMatchObject({
    users: 100,
    ramp: [{ users: 90, rate: 10 }, { wait: 5 }, { users: 10, rate: [1, 2] }],
  });
  expect(changed({ ...scenario, ramp }, { users: 50, ramp: 7 })).toMatchObject({ users: 50, ramp: 7 });
});

test('applyOverrides() scales stages so that they add up', () => {
  const counts = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 100_000 }), (users, wanted) => {
      const ramp = users.map((count) => ({ users: count, rate: 10 }));
      const value = changed({ ...scenario, ramp }, { users: wanted }) as { ramp: { users: number }[] };
      expect(value.ramp.reduce((sum, stage) => sum + stage.users, 0)).toBe(wanted);
    }),
  );
});

test('applyOverrides() lets phases keep their shares of another duration, and faults their places', () => {
  const phases = [
    { name: 'a', duration: 60 },
    { name: 'b', duration: 30, pace: 2 },
    { name: 'c', duration: 1 },
  ];
  const { duration, ...rest } = scenario;
  expect(changed({ ...rest, phases, faults: [{ at: 45.5, do: 'kill' }] }, { duration: 30 })).toEqual({
    ...rest,
    phases: [
      { name: 'a', duration: 20 },
      { name: 'b', duration: 10, pace: 2 },
      { name: 'c', duration: 1 },
    ],
    faults: [{ at: 15, do: 'kill' }],
  });
  expect(changed({ ...rest, phases: phases.slice(0, 1) }, { duration: 7.5 })).toMatchObject({
    phases: [{ name: 'a', duration: 8 }],
  });
  expect(changed({ ...scenario, faults: [{ at: 15 }] }, { duration: 10 })).toMatchObject({
    duration: 10,
    faults: [{ at: 5 }],
  });
  expect(duration).toBe(30);
});

test('applyOverrides() sets the mean of every group that takes turns, and keeps its shape', () => {
  const groups = [
    { name: 'a', behaviour: { ...behaviour, every: { mean: 9, shape: 'exponential' } } },
    { name: 'b', behaviour: { kind: 'idle' } },
    { name: 'c', behaviour },
  ];
  expect(changed({ ...scenario, groups }, { rate: 4 })).toMatchObject({
    groups: [
      { behaviour: { every: { mean: 0.25, shape: 'exponential' } } },
      { behaviour: { kind: 'idle' } },
      { behaviour: { every: 0.25 } },
    ],
  });
});

test.each<[Overrides, object, string]>([
  [{ rate: 0 }, {}, '"rate" is 0, wanted messages per second, more than 0'],
  [{ duration: -1 }, {}, '"duration" is -1, wanted seconds, more than 0'],
  [
    { rate: 2 },
    { behaviour: { kind: 'idle' } },
    '"rate" is 2, wanted none: nobody in this scenario has a rate',
  ],
])('applyOverrides() refuses %o', (overrides, changes, sentence) => {
  expect(applyOverrides({ ...scenario, ...changes }, overrides).problems).toEqual([sentence]);
});

test('applyOverrides() gets along with any value, and changes nothing when nothing is asked for', () => {
  const overrides: Overrides = { users: 5, duration: 5, rate: 5, workers: 2 };
  fc.assert(
    fc.property(
      fc.anything(),
      fc.anything(),
      fc.anything(),
      fc.anything(),
      (ramp, phases, groups, faults) => {
        const value = { ...scenario, ramp, phases, groups, faults };
        expect(() => applyOverrides(value, overrides)).not.toThrow();
        expect(applyOverrides(value, {})).toEqual({ value, problems: [] });
      },
    ),
  );
  expect(applyOverrides('nope', overrides)).toEqual({ value: 'nope', problems: [] });
});

test('applyOverrides() adds headers beside those of the scenario and instead of them', () => {
  const connect = { query: { a: '1' }, headers: { One: '1', Two: '2' } };
  const { value } = applyOverrides({ connect }, { headers: { Two: 'two', Three: '3' } });
  expect(value).toMatchObject({
    connect: { query: { a: '1' }, headers: { One: '1', Two: 'two', Three: '3' } },
  });
  expect(applyOverrides({}, { headers: { A: 'b' } }).value).toMatchObject({
    connect: { headers: { A: 'b' } },
  });
});
