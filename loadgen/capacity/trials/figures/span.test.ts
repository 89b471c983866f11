import { expect, test } from 'vitest';
import { shortfallOf, spanOf } from './span.ts';

const phases = [
  { name: 'ramp', start: 0, end: 3, measured: false, planned: 7 },
  { name: 'one', start: 3, end: 5, measured: true, planned: 20 },
  { name: 'two', start: 5, end: 9, measured: true, planned: 30 },
  { name: 'drain', start: 9, end: 12, measured: false, planned: 0 },
];

test('spanOf() goes from the first measured phase to the last, with what was planned for them', () => {
  expect(spanOf({ scenario: 'made', phases })).toEqual({ from: 3, until: 9, planned: 50 });
});

test('spanOf() does not know what was planned where answers set the pace', () => {
  const free = phases.map(({ planned: _planned, ...phase }) => phase);
  expect(spanOf({ scenario: 'made', phases: free }).planned).toBeNull();
});

test('spanOf() refuses a run without a measured phase', () => {
  expect(() => spanOf({ scenario: 'made', phases: phases.slice(0, 1) })).toThrow(
    'Cannot read a trial of "made": it has no measured phase, wanted one',
  );
});

test('shortfallOf() is what never came due, and never negative', () => {
  expect([40, 50, 60].map((begun) => shortfallOf({ planned: 50 }, begun))).toEqual([10, 0, 0]);
  expect(shortfallOf({ planned: null }, 0)).toBe(0);
});

test('shortfallOf() takes a thousandth of a mean for chance, and no more', () => {
  const planned = 1_700_000.5;
  expect(shortfallOf({ planned }, 1_698_400)).toBe(0);
  expect(shortfallOf({ planned }, 1_690_000)).toBe(10_001);
});
