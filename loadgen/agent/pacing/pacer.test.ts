import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Pacer } from './pacer.ts';

/** Times from the past to far beyond one turn of the wheel, many of them close together. */
const times = fc.oneof(
  fc.double({ min: -1, max: 30, noNaN: true }),
  fc.double({ min: 1, max: 1.01, noNaN: true }),
  fc.nat(30),
);
const steps = fc.array(
  fc.oneof(fc.double({ min: 0, max: 0.01, noNaN: true }), fc.double({ min: 0, max: 20, noNaN: true })),
  {
    maxLength: 40,
  },
);

test('Pacer fires every item once, never early, in order of time', () => {
  fc.assert(
    fc.property(fc.array(times, { maxLength: 60 }), steps, (dues, waits) => {
      const pacer = new Pacer(dues.length);
      dues.forEach((due, item) => void pacer.schedule(item, due));
      const fired: number[] = [];
      let now = 0;
      for (const wait of [...waits, 60]) {
        now += wait;
        const inThisCall: number[] = [];
        pacer.runDue(now, (item, due) => {
          expect(due).toBe(dues[item]);
          expect(due).toBeLessThanOrEqual(now);
          inThisCall.push(due);
          fired.push(item);
        });
        expect(inThisCall).toEqual(inThisCall.toSorted((one, other) => one - other));
        expect(fired).toHaveLength(dues.filter((due) => due <= now).length);
      }
      expect(fired.toSorted((one, other) => one - other)).toEqual(dues.map((_, item) => item));
      expect(pacer.size).toBe(0);
    }),
  );
});

test('Pacer fires an item that is scheduled again as often as it comes due, also in one call', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.000_2, max: 3, noNaN: true }), steps, (gap, waits) => {
      const pacer = new Pacer(2);
      const fired: number[] = [];
      pacer.schedule(0, 0);
      let now = 0;
      let expected = 0;
      for (const wait of waits) {
        now += Math.min(wait, gap * 500);
        pacer.runDue(now, (item, due) => {
          fired.push(due);
          pacer.schedule(item, due + gap);
        });
      }
      for (let due = 0; due <= now && waits.length > 0; due += gap) expect(fired[expected++]).toBe(due);
      expect(fired).toHaveLength(expected);
    }),
  );
});

test('Pacer.nextDue() is the earliest time before the limit, at any place of the wheel', () => {
  const within = fc.double({ min: -1, max: 8, noNaN: true });
  fc.assert(
    fc.property(fc.array(times, { maxLength: 20 }), times, within, (dues, now, wait) => {
      const pacer = new Pacer(dues.length);
      dues.forEach((due, item) => void pacer.schedule(item, due));
      pacer.runDue(now, () => {});
      const until = Math.max(now, 0) + wait;
      const left = dues.filter((due) => due > now);
      expect(pacer.nextDue(until)).toBe(Math.min(until, ...left));
    }),
    { numRuns: 1_000 },
  );
});

test('Pacer fires equal times in the order in which they were scheduled', () => {
  const pacer = new Pacer(100);
  for (let item = 0; item < 100; item += 1) pacer.schedule(item, 3);
  const fired: number[] = [];
  pacer.runDue(3, (item) => fired.push(item));
  expect(fired).toEqual(Array.from({ length: 100 }, (_, item) => item));
});

test('Pacer.cancel() takes back exactly what it is told, wherever it waits', () => {
  const cancelled = fc.uniqueArray(fc.nat(59));
  fc.assert(
    fc.property(fc.array(times, { minLength: 60, maxLength: 60 }), cancelled, steps, (dues, items, waits) => {
      const pacer = new Pacer(60);
      dues.forEach((due, item) => void pacer.schedule(item, due));
      const fired = new Set<number>();
      let now = 0;
      for (const wait of waits.slice(0, 5)) {
        now += wait;
        pacer.runDue(now, (item) => void fired.add(item));
      }
      const early = new Set(fired);
      for (const item of items) pacer.cancel(item);
      pacer.runDue(now + 60, (item) => void fired.add(item));
      const expected = dues.flatMap((_, item) => (early.has(item) || !items.includes(item) ? [item] : []));
      expect([...fired].toSorted((one, other) => one - other)).toEqual(expected);
      expect(pacer.size).toBe(0);
      pacer.schedule(0, now + 61);
      pacer.cancel(0);
      pacer.cancel(0);
      expect(pacer.size).toBe(0);
    }),
  );
});
