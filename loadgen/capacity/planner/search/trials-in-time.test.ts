import { expect, test } from 'vitest';
import { type Pace, trialsInTime } from './trials-in-time.ts';

const pace: Pace = {
  trials: 4,
  elapsedMs: 60_000,
  measuredMs: 40_000,
  leftMs: 200_000,
  trialMs: 10_000,
  soakMs: 30_000,
};

test('trialsInTime() fills what the soak leaves, at the pace of the trials so far', () => {
  // 5 s beside each: 200 - 35 leaves eleven of 15 s, and three are kept back.
  expect(trialsInTime(pace)).toBe(4 + 11 + 3);
  expect(trialsInTime({ ...pace, elapsedMs: 80_000 })).toBe(4 + 8 + 3);
});

test('trialsInTime() leaves the last trials to a search that is late, and none to one whose time is over', () => {
  expect(trialsInTime({ ...pace, leftMs: 20_000 })).toBe(7);
  expect(trialsInTime({ ...pace, leftMs: 0 })).toBe(4);
});

test('trialsInTime() reckons with the usual before anything was run', () => {
  expect(trialsInTime({ ...pace, trials: 0, elapsedMs: 0, measuredMs: 0 })).toBe(9 + 3);
});

test('trialsInTime() begins no trial that a search without a soak has no time to end', () => {
  const points: Pace = { ...pace, soakMs: undefined };
  expect(trialsInTime({ ...points, leftMs: 31_000 })).toBe(4 + 2);
  expect(trialsInTime({ ...points, leftMs: 14_000 })).toBe(4);
});
