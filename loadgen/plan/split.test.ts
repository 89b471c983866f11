import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countOf, usersOf } from './split.ts';

test('usersOf() gives every user to exactly one process, in shares that differ by one at most', () => {
  fc.assert(
    fc.property(fc.nat(2_000), fc.integer({ min: 1, max: 12 }), (users, processes) => {
      const shares = Array.from({ length: processes }, (_, process) =>
        usersOf({ plan: { users }, process, processes }),
      );
      const all = shares.flat().sort((one, other) => one - other);
      expect(all).toEqual(Array.from({ length: users }, (_, user) => user));
      const sizes = shares.map((share) => share.length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }),
  );
});

test('countOf() is the length of the share', () => {
  fc.assert(
    fc.property(fc.nat(2_000), fc.integer({ min: 1, max: 12 }), fc.nat(11), (users, processes, drawn) => {
      const part = { plan: { users }, process: drawn % processes, processes };
      expect(countOf(part)).toBe(usersOf(part).length);
    }),
  );
});

test('usersOf() deals users out in turn', () => {
  expect(usersOf({ plan: { users: 8 }, process: 1, processes: 3 })).toEqual([1, 4, 7]);
});
