import { expect, test } from 'vitest';
import { heartbeatsPerSecond } from '../../doctor/index.ts';
import type { Scenario } from '../../plan/index.ts';
import { lengthOf, resolvePlan } from '../../plan/resolve/index.ts';
import { planTrial } from './plan-trial.ts';

const base: Scenario = {
  name: 'base',
  question: 'Who answers?',
  users: 2_000,
  ramp: 500,
  duration: 20,
  behaviour: { kind: 'ping-pong', payload: { message: 'hello' }, every: 2 },
  target: { workers: 2, brokers: 1, controller: './controllers/base.js' },
  rules: [],
};
const trialOf = (changes: Partial<Scenario>, loadProcesses = 1) =>
  resolvePlan(planTrial(base, resolvePlan({ ...base, ...changes }), loadProcesses));

test.each([
  ['many users that seldom send', 42_000, 6, 3_000],
  ['few users that send a lot', 100, 1 / 1_700, 100],
  ['users as they come', 2_000, 2, 2_000],
])('planTrial() has %s send as much in the whole as in the run', (_, users, every, tried) => {
  const { plan, messagesPerSecond } = trialOf({
    users,
    behaviour: { kind: 'ping-pong', payload: 0, every },
  });
  expect(plan.users).toBe(tried);
  expect(messagesPerSecond).toBeCloseTo(users / every, 6);
});

test('planTrial() plays on a cluster like that of the run, whose application answers', () => {
  const target = { workers: 5, brokers: 2, balancers: 1, controller: './other.js' };
  const behaviour = { kind: 'idle' } as const;
  const trial = trialOf({ target, behaviour });
  expect(trial.target).toMatchObject({ ...target, controller: './controllers/base.js' });
  expect(trial.plan.groups[0]?.behaviour).toMatchObject({ kind: 'ping-pong', payload: { message: 'hello' } });
  expect(trial.messagesPerSecond).toBeGreaterThan(0);
});

test('planTrial() counts deliveries among the messages, and is over within some seconds', () => {
  const behaviour = {
    kind: 'channels',
    channels: 1,
    subscriptions: 1,
    publishers: 0.01,
    every: 10,
    payloadBytes: 9,
  } as const;
  const { plan, messagesPerSecond } = trialOf({ behaviour });
  expect(messagesPerSecond).toBeCloseTo(2 + 4_000, 6);
  expect(lengthOf(plan)).toBe(6);
  expect(plan.phases.at(-1)!.end - lengthOf(plan)).toBe(1);
});

test.each([
  ['users beyond those it has', 42_000, 25_000, 1_786],
  ['users as they come', 2_000, 8_000, 8_000],
])('planTrial() has the heartbeats of all %s', (_, users, pingInterval, expected) => {
  const target = { ...base.target, options: { pingInterval, pingTimeout: 60_000 } };
  const trial = trialOf({ users, target });
  expect(trial.target.options).toMatchObject({ pingInterval: expected });
  expect(heartbeatsPerSecond(trial)).toBeCloseTo(users / (pingInterval / 1_000), 0);
});

test('planTrial() has next to no heartbeats where the run has none, and never more than a server takes', () => {
  const behaviour = { kind: 'messages', message: 'hello', every: 2 } as const;
  const plain = trialOf({ driver: 'websocket', behaviour });
  expect(plain.target.options).toMatchObject({ pingInterval: 120_000, pingTimeout: 300_000 });
  expect(trialOf({ users: 1_000_000 }).target.options).toMatchObject({ pingInterval: 100 });
});

test('planTrial() warms each process up by many messages before a second like those that are measured', () => {
  const pacesOf = (every: number, loadProcesses = 1) =>
    trialOf({ behaviour: { kind: 'ping-pong', payload: 0, every } }, loadProcesses).plan.phases.map(
      ({ name, pace }) => [name, pace.from],
    );
  expect(pacesOf(2, 8)[1]).toEqual(['warm', 30]);
  expect(pacesOf(2)).toEqual([
    ['ramp', 1],
    ['warm', 20],
    ['calm', 1],
    ['steady', 1],
    ['drain', 0],
  ]);
  expect(pacesOf(0.1).map(([name]) => name)).toEqual(['ramp', 'calm', 'steady', 'drain']);
});
