import { expect, test } from 'vitest';
import { parseSlo } from '../slo/index.ts';
import { begin, learn } from './begin.ts';
import { next } from './next.ts';
import { anOutcome, aState } from './testing.ts';

const given = { slo: parseSlo('99% < 50ms'), estimate: 1_000, smallestLoad: 1 };

test('begin() has seen nothing, and its defaults end within a quarter of an hour', () => {
  const { settings, attempts } = begin(given);
  expect(attempts).toEqual([]);
  expect(settings).toMatchObject({
    rampSeconds: 5,
    trialSeconds: 10,
    soakSeconds: 60,
    mostTrials: 24,
    width: 0.06,
  });
});

test.each([
  [{ estimate: 0 }, '"estimate" must be above 0: current value is 0'],
  [{ estimate: Number.NaN }, '"estimate" must be above 0: current value is NaN'],
  [{ smallestLoad: -1 }, '"smallestLoad" must be above 0'],
  [{ smallestLoad: 2_000 }, `"estimate" must be at least one user's 2000: current value is 1000`],
  [{ mostTrials: 5 }, '"mostTrials" must be 6 or more: current value is 5'],
  [{ limitTrials: -1 }, '"limitTrials" must be 0 or more'],
  [{ width: 0 }, '"width" must be above 0'],
])('begin() refuses %j in one sentence', (change, why) => {
  expect(() => begin({ ...given, ...change })).toThrow(`Cannot search as ${why}`);
});

test('learn() adds a trial and leaves the state it was given', () => {
  const before = begin(given);
  const after = learn(before, anOutcome(50, true));
  expect(before.attempts).toEqual([]);
  expect(after.attempts).toEqual([
    {
      request: { kind: 'trial', phase: 'ramp', load: 50, seconds: 5, fresh: false },
      outcome: anOutcome(50, true),
    },
  ]);
});

test('learn() makes a state that goes on from its JSON', () => {
  const state = learn(learn(begin(given), anOutcome(50, true)), anOutcome(75, false));
  const again = JSON.parse(JSON.stringify(state));
  expect(again).toEqual(state);
  expect(next(again)).toEqual(next(state));
});

test('learn() refuses a trial nobody asked for, and one without load', () => {
  const ended = aState(Array.from({ length: 24 }, () => ['ramp', 50, false]));
  expect(() => learn(ended, anOutcome(50, true))).toThrow('Cannot learn from a trial: the search has ended');
  expect(() => learn(begin(given), anOutcome(0, true))).toThrow('Cannot learn from a trial of the load 0');
});
