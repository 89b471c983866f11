import { expect, test } from 'vitest';
import { resolvePlan } from '../../plan/resolve/index.ts';
import { createThreadAlarm, createTimerAlarm } from './alarm.ts';
import { chooseAlarm, choosePrecedence } from './choose.ts';

const scenario = {
  name: 'test',
  question: 'How does it sleep?',
  users: 10_000,
  ramp: 10_000,
  duration: 10,
  behaviour: { kind: 'ping-pong', payload: {}, every: 2 },
  target: { workers: 1, brokers: 1, controller: 'none' },
  rules: [],
} as const;

test('chooseAlarm() has no thread where turns are so dense that it would never sleep', () => {
  const { plan } = resolvePlan(scenario); // 5,000 turns a second
  expect(chooseAlarm(plan, 1)).toBe(createTimerAlarm);
  expect(chooseAlarm(plan, 3)).toBe(createTimerAlarm);
  expect(chooseAlarm(plan, 4)).toBe(createThreadAlarm);
});

test('chooseAlarm() has a thread where answers set the pace, as nobody knows how dense turns will be', () => {
  const closed = { ...scenario, behaviour: { ...scenario.behaviour, model: 'closed' } } as const;
  const { plan } = resolvePlan(closed);
  expect(chooseAlarm(plan, 1)).toBe(createThreadAlarm);
});

test('choosePrecedence() wants real time where turns are known to be sparse, as it pushes others aside', () => {
  const every = (seconds: number) => ({ ...scenario.behaviour, every: seconds });
  const precedenceOf = (behaviour: object) =>
    choosePrecedence(resolvePlan({ ...scenario, ...{ behaviour } } as typeof scenario).plan);
  expect(precedenceOf(every(6))).toBe('high'); // 1,667 turns a second of all load processes
  expect(precedenceOf(every(7))).toBe('real-time');
  expect(precedenceOf({ ...every(7), model: 'closed' })).toBe('high');
});
