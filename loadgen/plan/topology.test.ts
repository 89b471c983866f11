import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Plan } from './plan.ts';
import type { Channels } from './scenario.ts';
import {
  channelName,
  deliveriesPerSecond,
  messagesPerSecond,
  publicationChannel,
  publisherCount,
  publishes,
  subscriptionsOf,
} from './topology.ts';

function planOf(behaviour: Partial<Channels> = {}, users = 1_000): Plan {
  const channels = {
    channels: 100,
    subscriptions: 3,
    publishers: 0.1,
    every: 2,
    spread: 0.5,
    payloadBytes: 64,
  };
  const whole = { kind: 'channels' as const, ...channels, ...behaviour };
  return { scenario: 's', seed: 1, users, ramp: 100, behaviour: whole, phases: [], answerWithin: 10 };
}

const pingPong: Plan = {
  ...planOf(),
  behaviour: { kind: 'ping-pong', event: 'ping', reply: 'pong', payload: null, every: 4, spread: 0.5 },
};

const everyUser = (plan: Plan) => Array.from({ length: plan.users }, (_, user) => user);

test('channelName() numbers channels below bench/', () => {
  expect(channelName(3)).toBe('bench/3');
});

test('subscriptionsOf() draws as many different channels as asked, all of them among the channels', () => {
  const sizes = fc
    .integer({ min: 1, max: 50 })
    .chain((channels) => fc.tuple(fc.constant(channels), fc.nat(channels)));
  fc.assert(
    fc.property(sizes, fc.nat(999), ([channels, subscriptions], user) => {
      const own = subscriptionsOf(planOf({ channels, subscriptions }), user);
      expect(new Set(own).size).toBe(subscriptions);
      expect(own).toHaveLength(subscriptions);
      expect(own.every((channel) => channel >= 0 && channel < channels)).toBe(true);
    }),
  );
});

test('subscriptionsOf() makes each channel as likely as any other', () => {
  const plan = planOf({ channels: 10, subscriptions: 3 }, 20_000);
  const subscribers = new Array<number>(10).fill(0);
  for (const user of everyUser(plan))
    for (const channel of subscriptionsOf(plan, user)) subscribers[channel]! += 1;
  // 6,000 expected, with a standard deviation of √(20,000 × 0.3 × 0.7) = 65.
  for (const count of subscribers) expect(Math.abs(count - 6_000)).toBeLessThan(260);
});

test('publishes() is true for exactly the share asked for, the first user among them', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (users, publishers) => {
        const plan = planOf({ publishers }, users);
        const count = everyUser(plan).filter((user) => publishes(plan, user)).length;
        expect(count).toBe(publisherCount(plan));
        expect(count).toBe(publishers === 0 ? 0 : Math.max(1, Math.round(users * publishers)));
        expect(publishes(plan, 0)).toBe(publishers > 0);
      },
    ),
  );
});

test.each([2, 3, 4, 6, 8, 10])(
  'publishes() is as dense among the users of each of %i processes',
  (processes) => {
    const plan = planOf({ publishers: 0.1 }, 12_000);
    const shares = new Array<number>(processes).fill(0);
    for (const user of everyUser(plan)) if (publishes(plan, user)) shares[user % processes]! += 1;
    for (const share of shares) expect(Math.abs(share - 1_200 / processes)).toBeLessThanOrEqual(4);
  },
);

test('publishes() is as dense among early users as among late ones', () => {
  const plan = planOf({ publishers: 0.1 }, 12_000);
  const publishers = everyUser(plan).filter((user) => publishes(plan, user));
  for (const [rank, user] of publishers.entries()) expect(Math.abs(user - rank * 10)).toBeLessThan(40);
});

test('publicationChannel() stays among the publisher’s own subscriptions and uses all of them', () => {
  const plan = planOf({ subscriptions: 4 });
  const used = new Set(Array.from({ length: 200 }, (_, n) => publicationChannel(plan, 17, n)));
  expect([...used].sort()).toEqual(subscriptionsOf(plan, 17).sort());
});

test('publicationChannel() takes any channel when the publisher has no subscription', () => {
  const plan = planOf({ subscriptions: 0, channels: 5 });
  const used = new Set(Array.from({ length: 200 }, (_, n) => publicationChannel(plan, 17, n)));
  expect([...used].sort()).toEqual([0, 1, 2, 3, 4]);
});

test('deliveriesPerSecond() counts every subscriber of every publication', () => {
  // All 50 users on the one channel, 5 of them publishing twice a second.
  const plan = planOf({ channels: 1, subscriptions: 1, publishers: 0.1, every: 0.5 }, 50);
  expect(messagesPerSecond(plan)).toBeCloseTo(10);
  expect(deliveriesPerSecond(plan)).toBeCloseTo(500);
});

test('deliveriesPerSecond() agrees with a count of what publications would reach', () => {
  const plan = planOf({ channels: 20, subscriptions: 2, publishers: 0.25, every: 1 }, 200);
  const subscribers = (channel: number) =>
    everyUser(plan).filter((user) => subscriptionsOf(plan, user).includes(channel)).length;
  const sizes = Array.from({ length: 20 }, (_, channel) => subscribers(channel));
  const publishers = everyUser(plan).filter((user) => publishes(plan, user));
  const rounds = 400;
  let reached = 0;
  for (const user of publishers)
    for (let n = 0; n < rounds; n += 1) reached += sizes[publicationChannel(plan, user, n)]!;
  expect(deliveriesPerSecond(plan) / (reached / rounds)).toBeCloseTo(1, 2);
});

test('messagesPerSecond() counts every user for ping-pong, which has no channels', () => {
  expect(messagesPerSecond(pingPong)).toBe(250);
  expect(deliveriesPerSecond(pingPong)).toBe(0);
  expect(subscriptionsOf(pingPong, 0)).toEqual([]);
  expect(publishes(pingPong, 0)).toBe(false);
  expect(() => publicationChannel(pingPong, 0, 0)).toThrow(TypeError);
});
