import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlannedBehaviour } from '../plan.ts';
import { channels, upTo } from '../testing.ts';
import { channelName, GroupChannels } from './channels.ts';

type Changes = Partial<Extract<PlannedBehaviour, { kind: 'channels' }>>;

const groupOf = (changes: Changes = {}, users = 1_000, first = 0) =>
  new GroupChannels({ seed: 1, first, users, behaviour: channels(changes) });

test('channelName() numbers channels below bench/', () => {
  expect(channelName(3)).toBe('bench/3');
});

test('subscriptionsOf() draws as many different channels as asked, all of them among the channels', () => {
  const sizes = fc.integer({ min: 1, max: 50 }).chain((count) => fc.tuple(fc.constant(count), fc.nat(count)));
  fc.assert(
    fc.property(sizes, fc.nat(999), fc.nat(9_999), ([count, subscriptions], user, first) => {
      const own = groupOf({ channels: count, subscriptions }, 1_000, first).subscriptionsOf(user, user);
      expect(new Set(own).size).toBe(subscriptions);
      expect(own).toHaveLength(subscriptions);
      expect(own.every((channel) => channel >= first && channel < first + count)).toBe(true);
    }),
  );
});

test('subscriptionsOf() makes each channel as likely as any other', () => {
  const group = groupOf({ channels: 10, subscriptions: 3 }, 20_000);
  const subscribers = new Array<number>(10).fill(0);
  for (const user of upTo(20_000))
    for (const channel of group.subscriptionsOf(user, user)) subscribers[channel]! += 1;
  // 6,000 expected, with a standard deviation of √(20,000 × 0.3 × 0.7) = 65.
  for (const count of subscribers) expect(Math.abs(count - 6_000)).toBeLessThan(260);
});

test('subscriptionsOf() and publicationChannel() keep what they have always drawn', () => {
  const group = new GroupChannels({
    seed: 3,
    first: 0,
    users: 2_000,
    behaviour: channels({ channels: 400, subscriptions: 2, publishers: 0.25 }),
  });
  expect([0, 1, 2, 1_999].map((user) => group.subscriptionsOf(user, user))).toEqual([
    [381, 177],
    [207, 236],
    [130, 28],
    [264, 61],
  ]);
  expect(upTo(6).filter((user) => group.isPublisher(user))).toEqual([0, 2, 5]);
  expect(upTo(3).map((n) => group.publicationChannel(2, 2, n))).toEqual([130, 130, 28]);
  expect(upTo(3).map((n) => group.publicationChannel(1, 1, n))).toEqual([207, 236, 207]);
});

test('subscriptionsOf() gives popular channels more subscribers', () => {
  const group = groupOf({ channels: 10, subscriptions: 1, popularity: { zipf: 1 } }, 10_000);
  const subscribers = new Array<number>(10).fill(0);
  for (const user of upTo(10_000)) subscribers[group.subscriptionsOf(user, user)[0]!]! += 1;
  const sum = upTo(10).reduce((whole, n) => whole + 1 / (n + 1), 0);
  for (const [n, count] of subscribers.entries())
    expect(Math.abs(count - 10_000 / (n + 1) / sum)).toBeLessThan(200);
});

test('isPublisher() is true for exactly the share asked for, the first user among them', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3_000 }), share, (users, publishers) => {
      const group = groupOf({ publishers }, users);
      const count = upTo(users).filter((place) => group.isPublisher(place)).length;
      expect(count).toBe(group.publishers);
      expect(count).toBe(publishers === 0 ? 0 : Math.max(1, Math.round(users * publishers)));
      expect(group.isPublisher(0)).toBe(publishers > 0);
    }),
  );
});

test('subscriptionsOf() is empty for exactly those who do not subscribe, publishers as well as others', () => {
  const group = groupOf({ subscribers: 0.4, publishers: 0.5 });
  const subscribers = upTo(1_000).filter((user) => group.subscriptionsOf(user, user).length > 0);
  expect(subscribers).toHaveLength(400);
  const publishing = subscribers.filter((user) => group.isPublisher(user)).length;
  expect(Math.abs(publishing - 200)).toBeLessThan(10);
});

test('publicationChannel() stays among the publisher’s own subscriptions and uses all of them', () => {
  const group = groupOf({ subscriptions: 4, publishers: 1 }, 1_000, 50);
  for (const user of [0, 17, 999]) {
    const used = new Set(upTo(200).map((n) => group.publicationChannel(user, user, n)));
    expect([...used].sort()).toEqual(group.subscriptionsOf(user, user).sort());
  }
});

test.each<[string, Changes]>([
  ['the publisher has no subscription', { subscriptions: 0 }],
  ['the publisher does not subscribe', { subscribers: 0 }],
  ['any is wanted', { publishTo: 'any' }],
])('publicationChannel() takes any channel when %s', (_, changes) => {
  const group = groupOf({ channels: 5, ...changes }, 1_000, 10);
  const used = new Set(upTo(200).map((n) => group.publicationChannel(17, 17, n)));
  expect([...used].sort()).toEqual([10, 11, 12, 13, 14]);
});

test('publicationChannel() takes popular channels more often', () => {
  const group = groupOf({ channels: 5, publishTo: 'any', popularity: { zipf: 2 } });
  const first = upTo(2_000).filter((n) => group.publicationChannel(17, 17, n) === 0).length;
  expect(Math.abs(first / 2_000 - 1 / 1.4636)).toBeLessThan(0.04);
});

test('reachOfAny() is the mean over channels by their popularity', () => {
  const subscribers = Uint32Array.from([9, 9, 30, 10]);
  expect(groupOf({ channels: 2, subscriptions: 1 }, 100, 2).reachOfAny(subscribers)).toBeCloseTo(20, 9);
  const popular = groupOf({ channels: 2, subscriptions: 1, popularity: { zipf: 1 } }, 100, 2);
  expect(popular.reachOfAny(subscribers)).toBeCloseTo((30 * 2) / 3 + 10 / 3, 9);
});
