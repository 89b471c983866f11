import { expect, test } from 'vitest';
import { type BaselinePoint, holdAgainst } from './baseline.ts';

const DAY_MS = 86_400_000;

/** A figure of 20 that wobbles by a share from day to day. */
function history(count: number, wobble: number): BaselinePoint[] {
  return Array.from({ length: count }, (_, day) =>
    point({ day, value: 20 * Math.exp(wobble * Math.sin(day * 2.399)) }),
  );
}

function point({
  day,
  value,
  ...others
}: { day: number; value: number } & Partial<BaselinePoint>): BaselinePoint {
  return { at: new Date(day * DAY_MS), value, calibration: 1, cpuModel: 'a', nodeMajor: 20, ...others };
}

test('holdAgainst() calls a tenth the least that is remarkable, however quiet the host', () => {
  const stored = history(12, 0.001);
  expect(holdAgainst(stored, point({ day: 12, value: 21.8 }))).toMatchObject({
    verdict: 'unremarkable',
    points: 12,
  });
  const worse = holdAgainst(stored, point({ day: 12, value: 22.2 }));
  expect(worse.verdict).toBe('regressed');
  expect(worse.effect).toBeCloseTo(0.11, 2);
  expect(worse.limit).toBeCloseTo(0.1, 9);
});

test('holdAgainst() asks for more where the stored measurements lie further apart', () => {
  // A spread of about 10 %: t of 11 degrees at 0.5 % is 3.106, so the limit is about 1.04 * 3.1 spreads.
  const { verdict, limit } = holdAgainst(history(12, 0.14), point({ day: 12, value: 25 }));
  expect(verdict).toBe('unremarkable');
  expect(limit).toBeGreaterThan(0.25);
});

test('holdAgainst() asks for three spreads however many measurements are stored', () => {
  // The spread of a sine of amplitude 0.14 is 0.14 / √2, less a trifle for sixty points.
  const { limit, points } = holdAgainst(history(60, 0.14), point({ day: 60, value: 20 }));
  expect(points).toBe(60);
  expect(Math.log1p(limit!)).toBeCloseTo((3 * 0.14) / Math.SQRT2, 2);
});

test('holdAgainst() takes a slow host out of the figure', () => {
  const slow = point({ day: 12, value: 40, calibration: 2 });
  expect(holdAgainst(history(12, 0.001), slow).verdict).toBe('unremarkable');
});

test.each([
  ['not-comparable', history(12, 0.01), point({ day: 12, value: 99, cpuModel: 'b' })],
  ['stale', history(12, 0.01), point({ day: 42, value: 99 })],
  ['stale', history(12, 0.01), point({ day: 12, value: 99, nodeMajor: 22 })],
  ['learning', history(9, 0.01), point({ day: 9, value: 99 })],
  ['learning', [], point({ day: 0, value: 99 })],
])('holdAgainst() answers "%s" rather than guess', (verdict, stored, current) => {
  expect(holdAgainst(stored, current)).toEqual({
    verdict,
    points: verdict === 'not-comparable' ? 0 : stored.length,
  });
});

test('holdAgainst() forgets all but the last sixty points', () => {
  const before = history(40, 0.001).map((old) => ({ ...old, value: 60 }));
  const stored = [
    ...before,
    ...history(60, 0.001).map((one) => ({ ...one, at: new Date(one.at.getTime() + 40 * DAY_MS) })),
  ];
  expect(holdAgainst(stored, point({ day: 100, value: 24 }))).toMatchObject({
    verdict: 'regressed',
    points: 60,
  });
});
