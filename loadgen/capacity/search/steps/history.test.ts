import { expect, test } from 'vitest';
import { quantileOf } from '../posterior/index.ts';
import { aRamp, aState, type ShortAttempt, tripped } from '../testing.ts';
import {
  attemptsOf,
  ceilingOf,
  isOneUser,
  isTripped,
  largestPass,
  largestTried,
  observationsOf,
  posteriorOf,
  smallestFailAbove,
  trippedTimes,
} from './history.ts';

const state = aState([
  ...aRamp,
  ['recovery', 500, false, { overload: 1_200 }],
  ['locate', 800, true, tripped],
  ['locate', 800, true, { okAtLimits: [false, true, true, true, true] }],
]);

test('attemptsOf() and isTripped() tell trials apart', () => {
  expect(attemptsOf(state, 'locate').map(isTripped)).toEqual([true, false]);
});

test('observationsOf() leaves out what a guard spoilt and what came after an overload', () => {
  expect(observationsOf(state)).toEqual([
    { load: 444, ok: true },
    { load: 665, ok: true },
    { load: 1_000, ok: false },
    { load: 800, ok: true },
  ]);
  expect(observationsOf(state, 0).at(-1)).toEqual({ load: 800, ok: false });
});

test('largestPass(), smallestFailAbove() and largestTried() bound what is known, or say that nothing does', () => {
  const observations = observationsOf(state);
  expect(largestPass(observations)).toBe(800);
  expect(smallestFailAbove(observations, 800)).toBe(1_000);
  expect(smallestFailAbove(observations, 1_000)).toBe(Number.POSITIVE_INFINITY);
  expect(largestPass([])).toBe(0);
  expect(largestTried(observations)).toBe(1_000);
});

test('ceilingOf() is the lowest load that was spoilt twice, up to whole users', () => {
  expect(ceilingOf(state)).toBe(Number.POSITIVE_INFINITY);
  expect(trippedTimes(state, 800)).toBe(1);
  const twice = aState([
    ['ramp', 900, true, tripped],
    ['ramp', 900.2, true, tripped],
    ['ramp', 700, true, tripped],
  ]);
  expect(trippedTimes(twice, 900)).toBe(2);
  expect(ceilingOf(twice)).toBe(900);
});

test('ceilingOf() is no load that was offered, or less, unless it was spoilt more often than that', () => {
  const offered: ShortAttempt[] = [
    ['ramp', 180, true],
    ['ramp', 270, false],
    ['ramp', 270, false],
    ['locate', 215, false],
  ];
  const spoilt: ShortAttempt = ['locate', 194, true, tripped];
  expect(ceilingOf(aState([...offered, spoilt, spoilt]))).toBe(Number.POSITIVE_INFINITY);
  expect(ceilingOf(aState([...offered, spoilt, spoilt, spoilt, spoilt]))).toBe(194);
  const again: ShortAttempt[] = [...offered, spoilt, spoilt, ['locate', 194, true]];
  expect(ceilingOf(aState(again))).toBe(Number.POSITIVE_INFINITY);
});

test('ceilingOf() does not take a recovery trial for one of its load', () => {
  const recovery = aState([
    ['recovery', 500, true, { ...tripped, overload: 1_200 }],
    ['recovery', 500, true, { ...tripped, overload: 1_200 }],
  ]);
  expect(ceilingOf(recovery)).toBe(Number.POSITIVE_INFINITY);
});

test('posteriorOf() covers a load that passed beyond all that failed', () => {
  const beyond = aState([
    ...aRamp,
    ['locate', 1_300, true],
    ['locate', 1_700, true],
    ['locate', 1_650, true],
  ]);
  expect(quantileOf(posteriorOf(beyond), 0.5)).toBeGreaterThan(1_400);
  expect(quantileOf(posteriorOf(beyond, 2), 0.5)).toBe(quantileOf(posteriorOf(beyond), 0.5));
});

test('isOneUser() goes by what was asked for, and not by the load that came of it', () => {
  const state = aState([
    ['ramp', 1, false],
    ['ramp', 1.01, false],
  ]);
  expect(state.attempts.map((attempt) => isOneUser(attempt, state))).toEqual([true, false]);
});
