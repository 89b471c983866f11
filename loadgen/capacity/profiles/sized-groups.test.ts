import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Channels } from '../../plan/index.ts';
import type { Profile } from './profile.ts';
import { fanOutsOf, loadOf } from './rates/index.ts';
import { sizedGroups, wholeUsers } from './sized-groups.ts';
import { builtIn, channelsOf, profileOf } from './testing.ts';

/** From 1 to 100,000, small ones as often as large ones. */
const users = fc
  .double({ min: 0, max: Math.log(100_000), noNaN: true })
  .map((log) => Math.round(Math.exp(log)));

const readers = {
  name: 'readers',
  weight: 9,
  behaviour: channelsOf({ publishers: 0, subscriptions: 2 }),
};
const writers = {
  name: 'writers',
  weight: 1,
  behaviour: channelsOf({ channelsOf: 'readers', publishers: 0.5 }),
};
const askers = {
  name: 'askers',
  weight: 4,
  behaviour: { kind: 'calls', payload: 1, every: { mean: 3 } } as const,
};
const mixed = profileOf({ groups: [readers, writers, askers] });

function channelsIn(profile: Profile, count: number): Channels {
  const behaviour = sizedGroups(profile, count)[0]?.behaviour;
  if (behaviour?.kind !== 'channels') throw new TypeError('Cannot look at channels: there are none');
  return behaviour;
}

test('wholeUsers() rounds, and has one user of each kind', () => {
  expect([0, 0.4, 1.5, 7.4].map((count) => wholeUsers(builtIn('42k'), count))).toEqual([1, 1, 2, 7]);
  expect(wholeUsers(mixed, 1)).toBe(3);
});

test('sizedGroups() leaves a profile as it is at its own users', () => {
  for (const name of ['chat', 'ticker', 'presence', 'game', '42k']) {
    const profile = builtIn(name);
    expect(sizedGroups(profile, profile.users)[0]?.behaviour).toEqual(profile.behaviour);
  }
});

test('sizedGroups() keeps the fan-out, up to whole channels, from 1 user to 100,000', () => {
  for (const name of ['chat', 'ticker', 'presence', 'game']) {
    const profile = builtIn(name);
    const [wanted = 0] = fanOutsOf(profile);
    const own = name === 'ticker' ? 0 : 1;
    fc.assert(
      fc.property(users, (count) => {
        const behaviour = channelsIn(profile, count);
        const [fanOut = 0] = fanOutsOf({ ...profile, users: count, behaviour });
        const { channels, subscriptions } = behaviour;
        // Where the last channel that everybody has to subscribe to is not full there is nobody else to fill it.
        const isFew = channels === subscriptions;
        const error = (fanOut - own) / (wanted - own) - 1;
        expect(error).toBeLessThanOrEqual(0.5 / channels + 1e-9);
        if (!isFew) expect(error).toBeGreaterThanOrEqual(-0.5 / channels - 1e-9);
      }),
    );
  }
});

test('sizedGroups() deals out all users, and has them send exactly what so many are to send', () => {
  for (const profile of [mixed, builtIn('chat'), builtIn('ticker')]) {
    fc.assert(
      fc.property(users, (asked) => {
        const count = wholeUsers(profile, asked);
        const groups = sizedGroups(profile, count);
        expect(groups.reduce((sum, { weight }) => sum + weight, 0)).toBe(count);
        expect(groups.every(({ weight }) => weight >= 1)).toBe(true);
        const { behaviour: _, ...rest } = profile;
        expect(loadOf({ ...rest, groups, users: count }, count)).toBeCloseTo(loadOf(profile, count), 6);
      }),
    );
  }
});

test('sizedGroups() never gives a group more channels than the one it shares them with', () => {
  const few = { ...writers, behaviour: channelsOf({ channelsOf: 'readers', channels: 20 }) };
  const profile = profileOf({ groups: [readers, few] });
  fc.assert(
    fc.property(users, (asked) => {
      const [owner, sharer] = sizedGroups(profile, wholeUsers(profile, asked)).map(
        ({ behaviour }) => behaviour,
      );
      expect((sharer as Channels).channels).toBeLessThanOrEqual((owner as Channels).channels);
    }),
  );
});
