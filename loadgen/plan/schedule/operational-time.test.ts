import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OperationalTime } from './operational-time.ts';

type Paces = readonly (readonly [seconds: number, from: number, to: number])[];

function timeOf(paces: Paces): OperationalTime {
  let start = 0;
  const phases = paces.map(([seconds, from, to]) => {
    const phase = { start, end: start + seconds, pace: { from, to } };
    start = phase.end;
    return phase;
  });
  return new OperationalTime(phases);
}

const pace = fc.oneof(fc.constant(0), fc.constant(1), fc.double({ min: 0.01, max: 50, noNaN: true }));
const paces = fc.array(fc.tuple(fc.integer({ min: 1, max: 500 }), pace, pace), {
  minLength: 1,
  maxLength: 8,
});

test('OperationalTime is the very time, bit by bit, as long as all goes at pace 1', () => {
  const time = timeOf([
    [263, 1, 1],
    [5, 1, 1],
    [60, 1, 1],
    [10, 0, 0],
  ]);
  fc.assert(
    fc.property(fc.double({ min: 0, max: 327.999, noNaN: true }), (seconds) => {
      expect(time.at(seconds)).toBe(seconds);
      expect(time.when(seconds)).toBe(seconds);
    }),
  );
  expect(time.total).toBe(328);
});

test('OperationalTime.when() is the inverse of at(), whatever the paces, and never goes back', () => {
  fc.assert(
    fc.property(paces, fc.array(fc.double({ min: 0, max: 0.999999, noNaN: true })), (drawn, shares) => {
      const time = timeOf(drawn);
      let before = 0;
      for (const share of shares.sort((one, other) => one - other)) {
        const operational = share * time.total;
        if (operational >= time.total) continue;
        const at = time.when(operational);
        expect(Math.abs(time.at(at) - operational)).toBeLessThanOrEqual(1e-6 * Math.max(1, time.total));
        expect(at).toBeGreaterThanOrEqual(before - 1e-6);
        before = at;
      }
    }),
  );
});

test('OperationalTime.at() grows by the area under the pace', () => {
  const time = timeOf([
    [10, 1, 1],
    [10, 1, 3],
    [10, 0, 0],
    [10, 0.5, 0.5],
  ]);
  expect([5, 10, 15, 20, 25, 30, 40, 99].map((seconds) => time.at(seconds))).toEqual([
    5, 10, 17.5, 30, 30, 30, 35, 35,
  ]);
});

test('OperationalTime.when() lets a standstill pass, and never comes to what lies after the end', () => {
  const time = timeOf([
    [10, 1, 1],
    [100, 0, 0],
    [10, 2, 2],
    [5, 0, 0],
  ]);
  expect(time.when(9)).toBe(9);
  expect(time.when(10)).toBe(110);
  expect(time.when(20)).toBe(115);
  expect(time.when(30)).toBe(Number.POSITIVE_INFINITY);
  expect(time.at(Number.POSITIVE_INFINITY)).toBe(30);
});
