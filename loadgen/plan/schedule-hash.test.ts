import { expect, test } from 'vitest';
import { firstSend, nextSend } from './pace.ts';
import type { Plan } from './plan.ts';
import { planHash } from './schedule-hash.ts';
import { usersOf } from './split.ts';

const behaviour = {
  kind: 'ping-pong',
  event: 'ping',
  reply: 'pong',
  payload: { a: 1, b: 2 },
  every: 6,
  spread: 0.5,
} as const;
const plan: Plan = { scenario: 's', seed: 1, users: 100, ramp: 10, behaviour, phases: [], answerWithin: 10 };

function eventsOf(processes: number): string[] {
  const events: string[] = [];
  for (let process = 0; process < processes; process += 1) {
    for (const user of usersOf({ plan, process, processes })) {
      let at = firstSend(plan, user);
      for (let n = 1; at < 60; n += 1) {
        events.push(`${user} ${at}`);
        at = nextSend(plan, user, n, at);
      }
    }
  }
  return events.sort();
}

test('planHash() is the same for plans that were put together in another order', () => {
  const { scenario, ...rest } = plan;
  const turned: Plan = { ...rest, behaviour: { ...behaviour, payload: { b: 2, a: 1 } }, scenario };
  expect(planHash(turned)).toBe(planHash(plan));
  expect(planHash(plan)).toMatch(/^[0-9a-f]{12}$/);
});

test.each<[string, Partial<Plan>]>([
  ['seed', { seed: 2 }],
  ['users', { users: 101 }],
  ['ramp', { ramp: 11 }],
  ['behaviour', { behaviour: { ...behaviour, every: 7 } }],
  ['payload', { behaviour: { ...behaviour, payload: { a: 1, b: 3 } } }],
])('planHash() changes with the %s', (_, changes) => {
  expect(planHash({ ...plan, ...changes })).not.toBe(planHash(plan));
});

test('planHash() stands for one set of events, whether 1, 2 or 8 processes drive them', () => {
  const alone = eventsOf(1);
  expect(alone.length).toBeGreaterThan(500);
  expect(eventsOf(2)).toEqual(alone);
  expect(eventsOf(8)).toEqual(alone);
});

test('planHash() covers plans with fewer users than it samples, and with none who sends', () => {
  const channels = {
    kind: 'channels',
    channels: 3,
    subscriptions: 2,
    publishers: 0,
    every: 1,
    spread: 0,
    payloadBytes: 0,
  } as const;
  const quiet: Plan = { ...plan, users: 1, behaviour: channels };
  expect(planHash(quiet)).not.toBe(planHash({ ...quiet, behaviour: { ...channels, publishers: 1 } }));
});
