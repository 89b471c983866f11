import fc from 'fast-check';
import { expect, test } from 'vitest';
import { upTo } from '../testing.ts';
import { Members } from './members.ts';

const membersOf = (...sizes: number[]) => {
  const users = sizes.reduce((sum, size) => sum + size, 0);
  return { users, members: new Members({ users, groups: sizes.map((size) => ({ users: size })) }) };
};

test('Members gives every group exactly its users, and every user a place of its own in it', () => {
  const sizes = fc
    .array(fc.nat(400), { minLength: 1, maxLength: 8 })
    .filter((drawn) => drawn.some((size) => size > 0));
  fc.assert(
    fc.property(sizes, (drawn) => {
      const { users, members } = membersOf(...drawn);
      const places = drawn.map((): number[] => []);
      for (const user of upTo(users)) places[members.groupOf(user)]!.push(members.placeOf(user));
      expect(places).toEqual(drawn.map((size) => upTo(size)));
    }),
  );
});

test('Members mixes groups evenly, over time and over load processes', () => {
  const { users, members } = membersOf(1_000, 3_000, 8_000);
  for (const processes of [1, 2, 3, 5, 8]) {
    for (const quarter of upTo(4)) {
      const ofShare = upTo(users / 4)
        .map((n) => n + (quarter * users) / 4)
        .filter((user) => user % processes === 0);
      const counts = [0, 0, 0];
      for (const user of ofShare) counts[members.groupOf(user)]! += 1;
      for (const [group, size] of [1_000, 3_000, 8_000].entries())
        expect(Math.abs(counts[group]! - (ofShare.length * size) / users)).toBeLessThan(10);
    }
  }
});

test('Members needs no list for a single group', () => {
  const { members } = membersOf(5);
  expect(upTo(5).map((user) => [members.groupOf(user), members.placeOf(user)])).toEqual(
    upTo(5).map((n) => [0, n]),
  );
});
