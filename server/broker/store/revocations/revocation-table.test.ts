import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Revocation, RevocationTable, readRevocations } from './revocation-table.ts';

const of = (subject: string, issuedUntil: number, until: number): Revocation => ({
  subject,
  issuedUntil,
  until,
});

const revocations = fc.array(
  fc.record({
    subject: fc.constantFrom('a', 'b', '__proto__'),
    issuedUntil: fc.integer({ min: 0, max: 9 }),
    until: fc.integer({ min: 1, max: 9 }),
  }),
);

const sorted = (table: RevocationTable) =>
  table.list().toSorted((one, other) => one.subject.localeCompare(other.subject));

test('RevocationTable comes to the same end in whatever order and how often it is told', () => {
  fc.assert(
    fc.property(revocations, revocations, (first, second) => {
      const [one, other] = [new RevocationTable(() => 0), new RevocationTable(() => 0)];
      one.take(first);
      one.take(second);
      other.take([...second, ...first.toReversed()]);
      other.take(one.list());
      expect(sorted(other)).toEqual(sorted(one));
      expect(one.take([...first, ...second])).toEqual([]);
    }),
  );
});

test('RevocationTable says which revocations were new', () => {
  const table = new RevocationTable(() => 10);
  expect(table.take([of('a', 10, 20), of('b', 10, 20)])).toHaveLength(2);
  expect(table.take([of('a', 10, 20), of('b', 11, 15)])).toEqual([of('b', 11, 15)]);
  expect(table.get('b')).toEqual(of('b', 11, 20));
});

test('RevocationTable forgets a revocation when its time is over, and takes none that is', () => {
  let now = 10;
  const table = new RevocationTable(() => now);
  table.take([of('a', 10, 20), of('b', 10, 30), of('late', 5, 10)]);
  expect(table.size).toBe(2);
  now = 19.9;
  expect(table.get('a')).toBeDefined();
  now = 20;
  expect(table.get('a')).toBeUndefined();
  expect(table.list()).toEqual([of('b', 10, 30)]);
  now = 30;
  expect(table.size).toBe(0);
});

test('readRevocations() takes what it should and throws at anything else', () => {
  expect(readRevocations([of('a', 1, 2)])).toEqual([of('a', 1, 2)]);
  const bad = [null, {}, [null], [of('a', 1, Number.NaN)], [of('x'.repeat(1_001), 1, 2)], [{ subject: 1 }]];
  for (const value of bad) {
    expect(() => readRevocations(value)).toThrow(TypeError);
  }
});
