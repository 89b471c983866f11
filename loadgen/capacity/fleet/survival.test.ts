import fc from 'fast-check';
import { expect, test } from 'vitest';
import { capacityFor, type Fleet, lossesSurvived, usersInStorm, usersOf } from './survival.ts';

function fleet(changes: Partial<Fleet> = {}): Fleet {
  return { nodes: 4, utilisation: 0.65, connects: 4_000, returnWithin: 10, ...changes };
}

test('usersOf() uses a host that is alone to 65 %', () => {
  expect(usersOf(fleet({ nodes: 1 }), 100_000)).toBeCloseTo(65_000, 9);
});

test('usersOf() of two hosts is what the other one can take in and carry', () => {
  // 64,516 users: half of them at 3,226 a second take 80.6 % of the time of the host that is left, load the rest.
  const users = usersOf(fleet({ nodes: 2, connects: 4_000 }), 100_000);
  expect(users).toBeCloseTo(1 / (1 / 80_000 + 1 / 100_000), 6);
  expect(users / 2 / 10 / 4_000 + users / 100_000).toBeCloseTo(1, 9);
});

test('usersOf() of many hosts is bound by the share they are to be used at', () => {
  expect(usersOf(fleet({ nodes: 8, connects: 1e6 }), 10_000)).toBeCloseTo(0.65 * 80_000, 6);
});

test('usersOf() lets fewer in the faster clients come back and the slower hosts take them in', () => {
  const calm = usersOf(fleet({ nodes: 3, returnWithin: 60 }), 100_000);
  expect(usersOf(fleet({ nodes: 3, returnWithin: 5 }), 100_000)).toBeLessThan(calm);
  expect(usersOf(fleet({ nodes: 3, returnWithin: 60, connects: 100 }), 100_000)).toBeLessThan(calm);
});

test('capacityFor() undoes usersOf()', () => {
  const fleets = fc.record({
    nodes: fc.integer({ min: 1, max: 30 }),
    utilisation: fc.double({ min: 0.2, max: 1, noNaN: true }),
    connects: fc.double({ min: 100, max: 50_000, noNaN: true }),
    returnWithin: fc.double({ min: 1, max: 120, noNaN: true }),
  });
  fc.assert(
    fc.property(fleets, fc.double({ min: 10, max: 1e6, noNaN: true }), (one, capacity) => {
      expect(capacityFor(one, usersOf(one, capacity)) / capacity).toBeCloseTo(1, 6);
    }),
  );
});

test('capacityFor() is without end where so many can never be taken in again in time', () => {
  expect(capacityFor(fleet({ nodes: 2, connects: 100, returnWithin: 1 }), 1e6)).toBe(
    Number.POSITIVE_INFINITY,
  );
});

test('lossesSurvived() counts the hosts that may go', () => {
  const eight = fleet({ nodes: 8, connects: 1e6 });
  const capacity = 10_000;
  expect(lossesSurvived(eight, { users: usersOf(eight, capacity), capacity })).toBe(2);
  expect(lossesSurvived(eight, { users: 9_000, capacity })).toBe(7);
  expect(lossesSurvived(eight, { users: 79_000, capacity })).toBe(0);
  expect(lossesSurvived(fleet({ nodes: 1 }), { users: 1, capacity })).toBe(0);
});

test('lossesSurvived() of the users that usersOf() gives is at least one host of several', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 40 }),
      fc.double({ min: 10, max: 1e6, noNaN: true }),
      (nodes, capacity) => {
        const one = fleet({ nodes });
        expect(lossesSurvived(one, { users: usersOf(one, capacity), capacity })).toBeGreaterThanOrEqual(1);
      },
    ),
  );
});

test('usersInStorm() is what usersOf() gives where hosts could carry any number, and never less', () => {
  const one = fleet({ nodes: 3, utilisation: 1 });
  expect(usersInStorm(one) / usersOf(one, 1e12)).toBeCloseTo(1, 6);
  expect(usersOf(one, 50_000)).toBeLessThan(usersInStorm(one));
  expect(usersInStorm(fleet({ nodes: 1 }))).toBe(Number.POSITIVE_INFINITY);
});
