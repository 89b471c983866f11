import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrivalSeconds, firstSend, nextSend } from './pace.ts';
import type { Plan } from './plan.ts';
import { publishes } from './topology.ts';

const pingPong = {
  kind: 'ping-pong',
  event: 'ping',
  reply: 'pong',
  payload: null,
  every: 6,
  spread: 0.5,
} as const;

function planOf(changes: Partial<Plan> = {}): Plan {
  return {
    scenario: 's',
    seed: 1,
    users: 42_000,
    ramp: 160,
    behaviour: pingPong,
    phases: [],
    answerWithin: 10,
    ...changes,
  };
}

function sendsOf(plan: Plan, user: number, until: number): number[] {
  const sends: number[] = [];
  for (let at = firstSend(plan, user), n = 1; at < until; at = nextSend(plan, user, n, at), n += 1)
    sends.push(at);
  return sends;
}

test('arrivalSeconds() lets users in at the ramp', () => {
  expect(arrivalSeconds(planOf(), 0)).toBe(0);
  expect(arrivalSeconds(planOf(), 41_999)).toBeCloseTo(262.49, 2);
});

test('nextSend() leaves gaps within the spread, and never before the arrival', () => {
  const behaviours = fc.record({
    every: fc.double({ min: 0.001, max: 60, noNaN: true }),
    spread: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(behaviours, fc.nat(99), fc.nat(), ({ every, spread }, user, seed) => {
      const plan = planOf({ seed, users: 100, ramp: 10, behaviour: { ...pingPong, every, spread } });
      let before = firstSend(plan, user);
      expect(before).toBeGreaterThanOrEqual(arrivalSeconds(plan, user));
      expect(before).toBeLessThan(arrivalSeconds(plan, user) + every * (1 + spread) + 1e-9);
      for (let n = 1; n < 20; n += 1) {
        const at = nextSend(plan, user, n, before);
        expect(at - before).toBeGreaterThanOrEqual(every * (1 - spread) - 1e-9);
        expect(at - before).toBeLessThanOrEqual(every * (1 + spread) + 1e-9);
        before = at;
      }
    }),
  );
});

test.each([0, 0.5, 1])(
  'firstSend() makes a user send at its rate from its arrival on, at spread %s',
  (spread) => {
    const plan = planOf({ users: 60_000, ramp: 1e9, behaviour: { ...pingPong, spread } });
    const perSecond = new Array<number>(12).fill(0);
    for (let user = 0; user < plan.users; user += 1) {
      for (const at of sendsOf(plan, user, 12)) perSecond[Math.floor(at)]! += 1;
    }
    // 10,000 expected in each second; at most 6 standard deviations of a Poisson count.
    for (const count of perSecond) expect(Math.abs(count - 10_000)).toBeLessThan(600);
  },
);

test('nextSend() keeps 42,000 users with a ping each 6 s at 7,000 a second', () => {
  const plan = planOf();
  const [start, end] = [268, 328];
  const perSecond = new Array<number>(end - start).fill(0);
  for (let user = 0; user < plan.users; user += 1) {
    for (const at of sendsOf(plan, user, end)) if (at >= start) perSecond[Math.floor(at) - start]! += 1;
  }
  const mean = perSecond.reduce((sum, count) => sum + count, 0) / perSecond.length;
  expect(Math.abs(mean / 7_000 - 1)).toBeLessThan(0.003);
  // Independent users differ by √(7,000 × 5/6) = 76 from second to second, 1.1 %: four of those at most.
  for (const count of perSecond) expect(Math.abs(count / 7_000 - 1)).toBeLessThan(0.044);
  const deviation = Math.sqrt(
    perSecond.reduce((sum, count) => sum + (count - 7_000) ** 2, 0) / perSecond.length,
  );
  expect(deviation).toBeGreaterThan(50);
  expect(deviation).toBeLessThan(105);
});

test('firstSend() is never for users who only listen', () => {
  const behaviour = {
    kind: 'channels',
    channels: 10,
    subscriptions: 1,
    publishers: 0.1,
    every: 1,
    spread: 0.5,
    payloadBytes: 64,
  } as const;
  const plan = planOf({ users: 1_000, behaviour });
  const senders = Array.from({ length: 1_000 }, (_, user) => user).filter(
    (user) => firstSend(plan, user) < Infinity,
  );
  expect(senders).toHaveLength(100);
  expect(senders.every((user) => publishes(plan, user))).toBe(true);
});
