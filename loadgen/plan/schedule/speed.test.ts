import fc from 'fast-check';
import { expect, test } from 'vitest';
import { passedAfter, secondsUntil } from './speed.ts';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

test('secondsUntil() is the inverse of passedAfter() at every speed that grows or falls to no less than 0', () => {
  fc.assert(
    fc.property(
      number(0, 1_000),
      number(0, 1_000),
      number(0.1, 1_000),
      number(0, 1),
      (from, to, length, at) => {
        fc.pre(from + to > 1e-3);
        const slope = (to - from) / length;
        const amount = passedAfter(at * length, from, slope);
        // Near a standstill many times have the same amount: compare amounts, not times.
        const whole = passedAfter(length, from, slope);
        expect(passedAfter(secondsUntil(amount, from, slope), from, slope) / whole).toBeCloseTo(
          amount / whole,
          6,
        );
      },
    ),
  );
});

test('secondsUntil() divides by a speed that stays the same', () => {
  expect(secondsUntil(41_999, 160, 0)).toBe(41_999 / 160);
});

test('secondsUntil() starts from a standstill', () => {
  expect(secondsUntil(0, 0, 2)).toBe(0);
  expect(secondsUntil(9, 0, 2)).toBeCloseTo(3, 12);
});

test('passedAfter() is the area under the speed', () => {
  expect(passedAfter(10, 0, 2)).toBe(100);
  expect(passedAfter(10, 5, 0)).toBe(50);
});
