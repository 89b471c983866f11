import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Subscriptions } from './subscriptions.ts';

const topologies = fc.array(fc.uniqueArray(fc.nat(30), { maxLength: 12 }), { maxLength: 20 });

test('Subscriptions finds each by its user and channel, and all of a channel', () => {
  fc.assert(
    fc.property(topologies, (channelsOf) => {
      const subscriptions = new Subscriptions(channelsOf.length, (user) => channelsOf[user]!);
      expect(subscriptions.count).toBe(channelsOf.flat().length);
      for (let channel = 0; channel <= 31; channel += 1) {
        const users = channelsOf.flatMap((channels, user) => (channels.includes(channel) ? [user] : []));
        const found = users.map((user) => subscriptions.find(user, channel));
        expect(Array.from(subscriptions.to(channel)).toSorted((one, other) => one - other)).toEqual(found);
        expect(found.map((one) => subscriptions.userOf(one))).toEqual(users);
        expect(found.every((one) => subscriptions.channelOf(one) === channel)).toBe(true);
      }
      for (const [user, channels] of channelsOf.entries()) {
        const [first, end] = subscriptions.rangeOf(user);
        expect(end - first).toBe(channels.length);
        expect(subscriptions.find(user, 31)).toBe(-1);
      }
    }),
  );
});

test('Subscriptions is there once it is asked for, and confirmed only then', () => {
  const subscriptions = new Subscriptions(1, () => [4]);
  const states = (): boolean[] => [subscriptions.isThere(0), subscriptions.isConfirmed(0)];
  expect(states()).toEqual([false, false]);
  subscriptions.confirmedAt[0] = Number.POSITIVE_INFINITY;
  expect(states()).toEqual([true, false]);
  subscriptions.confirmedAt[0] = 7;
  expect(states()).toEqual([true, true]);
});

test('Subscriptions takes no more than 32 bytes for each', () => {
  const count = 300_000;
  const channels = [[1, 2, 3]];
  const before = process.memoryUsage().arrayBuffers;
  const subscriptions = new Subscriptions(count / 3, () => channels[0]!);
  expect(subscriptions.count).toBe(count);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThanOrEqual(32 * count);
});
