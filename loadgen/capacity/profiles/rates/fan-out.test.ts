import { expect, test } from 'vitest';
import { resolvePlan } from '../../../plan/resolve/index.ts';
import type { Profile } from '../profile.ts';
import { channelsOf, profileOf } from '../testing.ts';
import { fanOutsOf } from './fan-out.ts';

/** What the plan of a profile's own users says, as it draws them. */
function drawn({ behaviour, groups, users }: Profile): number {
  const { deliveriesPerSecond, messagesPerSecond } = resolvePlan({
    ...{ name: 'drawn', question: 'How many does it reach?', users, ramp: users, duration: 1, rules: [] },
    ...(groups === undefined ? { behaviour } : { groups }),
    target: { workers: 1, brokers: 1, controller: './none.js' },
  });
  return deliveriesPerSecond / messagesPerSecond;
}

test('fanOutsOf() counts a publisher of an own channel, and not one of any channel', () => {
  const own = profileOf({ users: 50_000, behaviour: channelsOf({ channels: 2_500 }) });
  expect(fanOutsOf(own)[0]).toBeCloseTo(1 + 49_999 / 2_500, 9);
  const any = profileOf({ users: 50_000, behaviour: channelsOf({ channels: 2_500, publishTo: 'any' }) });
  expect(fanOutsOf(any)).toEqual([20]);
  for (const profile of [own, any]) expect(drawn(profile)).toBeCloseTo(fanOutsOf(profile)[0] ?? 0, 0);
});

test('fanOutsOf() counts only those who subscribe and those who are there', () => {
  const some = channelsOf({ channels: 1_000, publishTo: 'any', subscribers: 0.5 });
  expect(fanOutsOf(profileOf({ users: 10_000, behaviour: some }))).toEqual([5]);
  expect(fanOutsOf(profileOf({ users: 10_000, behaviour: some, stays: 4, returns: 1 }))).toEqual([4]);
  const alone = channelsOf({ channels: 1, publishers: 1 });
  expect(fanOutsOf(profileOf({ users: 1, behaviour: alone, stays: 4, returns: 1 }))[0]).toBeCloseTo(1, 12);
});

test('fanOutsOf() adds up the groups that share channels, and nobody else', () => {
  const groups = [
    { name: 'readers', weight: 8, behaviour: channelsOf({ channels: 100, publishers: 0, subscriptions: 2 }) },
    { name: 'asking', weight: 1, behaviour: { kind: 'idle' } as const },
    {
      name: 'writers',
      weight: 1,
      behaviour: channelsOf({ channels: 50, channelsOf: 'readers', publishers: 1, subscriptions: 0 }),
    },
    { name: 'others', weight: 10, behaviour: channelsOf({ channels: 10, publishers: 0 }) },
  ];
  const profile = profileOf({ users: 20_000, groups });
  const [, none, writers] = fanOutsOf(profile);
  expect([none, writers]).toEqual([0, 160]);
  expect(drawn(profile)).toBeCloseTo(160, -1);
});
