import { expect, test } from 'vitest';
import { channels, groupOf, pingPong, planOf, upTo } from '../testing.ts';
import { Topology } from './topology.ts';

const rooms = groupOf({ name: 'rooms', users: 400, behaviour: channels({ channels: 10, publishers: 0.5 }) });
const pings = groupOf({ name: 'pings', users: 500, behaviour: pingPong() });
const news = groupOf({ name: 'news', users: 100, behaviour: channels({ channels: 3, subscriptions: 1 }) });
const mixed = new Topology(planOf({ users: 1_000, groups: [rooms, pings, news] }));

test('Topology gives each group channels of its own, after those of the groups before it', () => {
  expect(mixed.channels).toBe(13);
  const used = [new Set<number>(), new Set<number>(), new Set<number>()];
  for (const user of upTo(1_000))
    for (const channel of mixed.subscriptionsOf(user)) used[mixed.groupOf(user)]!.add(channel);
  expect([...used[0]!].sort((one, other) => one - other)).toEqual(upTo(10));
  expect(used[1]!.size).toBe(0);
  expect([...used[2]!].sort()).toEqual([10, 11, 12]);
});

test('Topology lets a group use the channels of another, which are then nobody twice', () => {
  const guests = { ...news, behaviour: channels({ channels: 4, channelsOf: 'rooms' }) };
  const topology = new Topology(planOf({ users: 1_000, groups: [rooms, pings, guests] }));
  expect(topology.channels).toBe(10);
  const used = upTo(1_000).filter((user) => topology.groupOf(user) === 2);
  const numbers = new Set(used.flatMap((user) => topology.subscriptionsOf(user)));
  expect([...numbers].sort()).toEqual([0, 1, 2, 3]);
  // 400 users in 3 of 10 channels each, and 100 in 3 of the first 4.
  expect(topology.reachOfGroups()[2]).toBeGreaterThan(185);
});

test('Topology has as many publishers in each group as it asks for, and publications within its channels', () => {
  const publishers = upTo(1_000).filter((user) => mixed.isPublisher(user));
  const counts = [0, 0, 0];
  for (const user of publishers) {
    const group = mixed.groupOf(user);
    counts[group]! += 1;
    for (const n of upTo(5)) expect(mixed.publicationChannel(user, n) >= 10).toBe(group === 2);
  }
  expect(counts).toEqual([200, 0, 10]);
});

test.each([2, 3, 4, 5, 8])(
  'Topology spreads the publishers of every group over %i processes',
  (processes) => {
    const groups = [0.1, 0.3, 0.6].map((share) =>
      groupOf({ users: 12_000 * share, behaviour: channels({ publishers: 0.2 }) }),
    );
    const topology = new Topology(planOf({ users: 12_000, groups }));
    const counts = groups.map(() => new Array<number>(processes).fill(0));
    for (const user of upTo(12_000))
      if (topology.isPublisher(user)) counts[topology.groupOf(user)]![user % processes]! += 1;
    for (const [group, shares] of counts.entries()) {
      const even = (groups[group]!.users * 0.2) / processes;
      for (const share of shares) expect(Math.abs(share - even)).toBeLessThan(2 * Math.sqrt(even));
    }
  },
);

test('Topology.reachOfGroups() is the mean number of subscribers of a publication', () => {
  const [ofRooms, ofPings, ofNews] = mixed.reachOfGroups();
  // 400 users in 3 of 10 channels each, 100 users in 1 of 3.
  expect(Math.abs(ofRooms! - 120)).toBeLessThan(4);
  expect(ofPings).toBe(0);
  expect(Math.abs(ofNews! - 34)).toBeLessThan(5);
});

test('Topology has no channels for whoever only sends pings', () => {
  const topology = new Topology(planOf({ users: 10 }));
  expect(topology.subscriptionsOf(0)).toEqual([]);
  expect(topology.isPublisher(0)).toBe(false);
  expect(() => topology.publicationChannel(0, 0)).toThrow(TypeError);
});
