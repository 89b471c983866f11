import { expect, test } from 'vitest';
import { anOutcome, aRamp, aState, type ShortAttempt, tripped } from '../testing.ts';
import { nextRampLoad } from './ramp.ts';

const after = (...trials: ShortAttempt[]): number | undefined => nextRampLoad(aState(trials));

test('nextRampLoad() begins at 5 % of the guess, but not below one user', () => {
  expect(after()).toBe(50);
  expect(nextRampLoad(aState([], { smallestLoad: 80 }))).toBe(80);
});

test('nextRampLoad() climbs by half until a load fails', () => {
  expect(after(['ramp', 50, true])).toBe(75);
  expect(nextRampLoad(aState(aRamp))).toBeUndefined();
});

test('nextRampLoad() climbs two steps at a time far above the guess', () => {
  expect(after(['ramp', 1_900, true])).toBe(2_850);
  expect(after(['ramp', 2_000, true])).toBe(4_500);
});

test('nextRampLoad() aims at 70 % of what would leave the busiest process no time, in steps of eight at most', () => {
  expect(after(['ramp', 50, true, { utilisation: 0.2 }])).toBeCloseTo(175, 9);
  expect(after(['ramp', 50, true, { utilisation: 0.01 }])).toBe(400);
  expect(after(['ramp', 50, true, { utilisation: 0 }])).toBe(400);
  expect(after(['ramp', 50, true, { utilisation: 0.6 }])).toBe(75);
});

test('nextRampLoad() begins where it is told, for a guess that rests on something', () => {
  expect(nextRampLoad(aState([], { start: 0.6 }))).toBe(600);
});

test('nextRampLoad() sees a failure far below the guess twice before it believes it', () => {
  expect(after(['ramp', 100, true], ['ramp', 150, false])).toBe(150);
  expect(after(['ramp', 100, true], ['ramp', 150, false], ['ramp', 150, true])).toBe(225);
  expect(after(['ramp', 100, true], ['ramp', 150, false], ['ramp', 150, false])).toBeUndefined();
});

test('nextRampLoad() goes down by four while nothing has passed, to one user and no further', () => {
  expect(after(['ramp', 50, false])).toBe(50);
  expect(after(['ramp', 50, false], ['ramp', 50, false])).toBe(12.5);
  const low: ShortAttempt[] = [12.5, 3.125, 1].flatMap((load) => [
    ['ramp', load, false],
    ['ramp', load, false],
  ]);
  expect(after(...low.slice(0, 4))).toBe(1);
  expect(after(...low)).toBeUndefined();
  expect(after(...low.slice(0, 2), ['ramp', 3.125, true])).toBeUndefined();
});

test('nextRampLoad() ends below one user who by chance says more, or less, than was asked for', () => {
  const state = aState([]);
  const tried = [1.2, 1.2].map((load) => {
    const request = { kind: 'trial', phase: 'ramp', load: 1, seconds: 5, fresh: false } as const;
    return { request, outcome: anOutcome(load, false) };
  });
  expect(nextRampLoad({ ...state, attempts: tried.slice(0, 1) })).toBe(1.2);
  expect(nextRampLoad({ ...state, attempts: tried })).toBeUndefined();
});

test('nextRampLoad() ends at what the load generator can offer, and goes down when that is too much already', () => {
  expect(
    after(['ramp', 400, true], ['ramp', 600, true, tripped], ['ramp', 600, true, tripped]),
  ).toBeUndefined();
  expect(after(['ramp', 50, true, tripped], ['ramp', 50, true, tripped])).toBe(12.5);
});

test('nextRampLoad() does not climb again once another phase began', () => {
  expect(after(...aRamp, ['locate', 1_300, true])).toBeUndefined();
});
