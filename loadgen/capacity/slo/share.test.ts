import fc from 'fast-check';
import { expect, test } from 'vitest';
import { uniform } from '../../plan/index.ts';
import { attainmentOf } from './share.ts';

test('attainmentOf() takes the share of what was scheduled, second by second', () => {
  const seconds = [
    { scheduled: 100, inTime: 100 },
    { scheduled: 300, inTime: 290 },
  ];
  expect(attainmentOf(seconds).share).toBeCloseTo(0.975, 12);
});

test('attainmentOf() of all messages in time still allows for the few that a longer trial would lose', () => {
  const { share, lower, upper } = attainmentOf(
    Array.from({ length: 10 }, () => ({ scheduled: 100, inTime: 100 })),
  );
  expect(share).toBe(1);
  expect(upper).toBe(1);
  expect(lower).toBeLessThan(1);
  expect(lower).toBeGreaterThan(0.995);
});

test('attainmentOf() does not take what waits at the end of a second for late', () => {
  const even = Array.from({ length: 8 }, () => ({ scheduled: 7_000, inTime: 7_000 }));
  // Seven more or less were under way at the end of each second, and came in the next.
  const waiting = even.map(({ scheduled }, n) => ({ scheduled, inTime: scheduled + (n % 2 === 0 ? -7 : 7) }));
  expect(attainmentOf(waiting)).toEqual(attainmentOf(even));
  const [first, ...others] = waiting;
  const one = attainmentOf([{ ...first!, inTime: first!.inTime - 1 }, ...others]);
  expect(one.share).toBeCloseTo(1 - 1 / 56_000, 12);
  expect(one.upper - one.lower).toBeLessThan(0.001);
});

test('attainmentOf() of nothing, and of a single second, knows nothing', () => {
  expect(attainmentOf([])).toEqual({ share: 0, lower: 0, upper: 1 });
  expect(attainmentOf([{ scheduled: 0, inTime: 0 }])).toEqual({ share: 0, lower: 0, upper: 1 });
  expect(attainmentOf([{ scheduled: 10, inTime: 9 }])).toEqual({ share: 0.9, lower: 0, upper: 1 });
});

test('attainmentOf() has its share within its interval, and the interval within 0 and 1', () => {
  const second = fc
    .nat(1_000)
    .chain((scheduled) => fc.record({ scheduled: fc.constant(scheduled), inTime: fc.nat(scheduled) }));
  fc.assert(
    fc.property(fc.array(second, { minLength: 2, maxLength: 60 }), (seconds) => {
      const { share, lower, upper } = attainmentOf(seconds);
      expect(lower).toBeGreaterThanOrEqual(0);
      expect(upper).toBeLessThanOrEqual(1);
      if (seconds.some(({ scheduled }) => scheduled > 0)) {
        expect(lower).toBeLessThanOrEqual(share + 1e-12);
        expect(upper).toBeGreaterThanOrEqual(share - 1e-12);
      }
    }),
  );
});

test.each([10, 60])(
  'attainmentOf() over %d seconds with fates of their own holds the true share nine times of ten',
  (count) => {
    const trials = 2_000;
    let held = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      // Of a second's 1,000 messages 0 to 20 % are late: 10 % on average, a hundred times the variance of a fair draw.
      const seconds = Array.from({ length: count }, (_, second) => {
        return { scheduled: 1_000, inTime: Math.round(1_000 - 200 * uniform(count, trial, second)) };
      });
      const { lower, upper } = attainmentOf(seconds);
      if (lower <= 0.9 && 0.9 <= upper) held += 1;
    }
    expect(held / trials).toBeGreaterThan(0.88);
    expect(held / trials).toBeLessThan(0.92);
  },
);
