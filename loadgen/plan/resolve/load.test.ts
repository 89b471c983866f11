import { expect, test } from 'vitest';
import { lengthOf, planArrivals, planPhases } from './load.ts';
import { type CheckedScenario, scenarioSchema } from './schema/index.ts';

const checked = (changes: object): CheckedScenario =>
  scenarioSchema.parse({
    name: 's',
    question: 'q?',
    users: 100,
    ramp: 50,
    duration: 3,
    behaviour: { kind: 'idle' },
    target: { workers: 1, brokers: 1, controller: './c.js' },
    rules: [],
    ...changes,
  });

test('planArrivals() begins every stage where the one before it ended, and after its pause', () => {
  const ramp = [
    { wait: 2 },
    { users: 20, rate: 10 },
    { users: 30, rate: [5, 15] },
    { wait: 4 },
    { users: 50, rate: 100 },
  ];
  expect(planArrivals(checked({ ramp })).stages.map(({ start }) => start)).toEqual([2, 4, 11]);
});

test('planPhases() counts pauses into the ramp, and leaves out a settle of no length', () => {
  const ramp = [{ users: 50, rate: 10 }, { wait: 4 }, { users: 50, rate: 10 }, { wait: 0.5 }];
  const phases = planPhases(checked({ ramp, settle: 0, answerWithin: 1.5 }));
  expect(phases.map(({ name, start, end }) => [name, start, end])).toEqual([
    ['ramp', 0, 15],
    ['steady', 15, 18],
    ['drain', 18, 20],
  ]);
});

test('planPhases() measures what the author does not say is a warm-up', () => {
  const phases = [
    { name: 'warm', duration: 2, measured: false },
    { name: 'work', duration: 2 },
  ];
  const { duration, ...rest } = checked({});
  expect(duration).toBe(3);
  const planned = planPhases({ ...rest, phases: checked({ phases }).phases });
  expect(planned.filter(({ measured }) => measured).map(({ name }) => name)).toEqual(['work']);
});

test('lengthOf() counts the seconds with load: the drain is over with the last answer', () => {
  const phases = planPhases(checked({ duration: 20, answerWithin: 30 }));
  expect(phases.map(({ name, end }) => [name, end])).toEqual([
    ['ramp', 2],
    ['settle', 7],
    ['steady', 27],
    ['drain', 57],
  ]);
  expect(lengthOf({ phases })).toBe(27);
});
