import { expect, test } from 'vitest';
import { aRamp, aState, type ShortAttempt, tripped } from '../testing.ts';
import { findingsOf } from './findings.ts';

const recovered: ShortAttempt = ['recovery', 570, true, { overload: 1_200 }];
const sentencesOf = (...trials: ShortAttempt[]): Record<string, string> =>
  Object.fromEntries(findingsOf(aState(trials)).map(({ name, sentence }) => [name, sentence]));

test('findingsOf() a plain search says by what it ended and no more', () => {
  expect(sentencesOf(...aRamp, recovered)).toEqual({
    pauses: 'The target paused: it kept up in 1 of 1 trials that failed',
  });
  const grown = { reasons: [{ name: 'growth', sentence: 'The backlog grew' }] } as const;
  expect(sentencesOf(...aRamp.slice(0, 2), ['ramp', 1_000, false, grown], recovered)).toEqual({
    saturation: 'The target was full: it fell behind in 1 of 1 trials that failed',
  });
});

test('findingsOf() calls losses by their name, and not a pause', () => {
  const lost = { reasons: [{ name: 'unreconciled', sentence: 'Counts differ by 7' }] } as const;
  expect(sentencesOf(...aRamp.slice(0, 2), ['ramp', 1_000, false, lost], recovered)).toEqual({
    losses:
      'Messages or connections were lost in 1 of 1 trials that failed, at 1,000 messages/s at the least: Counts differ by 7',
  });
});

test('findingsOf() says loudly that a target does not recover, and says when that was not tried', () => {
  const sentences = sentencesOf(...aRamp, ['recovery', 570, false, { overload: 1_200 }]);
  expect(sentences['does-not-recover']).toBe(
    'DOES NOT RECOVER: after an overload of 1,200 messages/s the target did not serve 570 messages/s again within 10 s',
  );
  expect(sentencesOf(...aRamp)).toHaveProperty('recovery-untried');
  expect(sentencesOf(...aRamp, ['recovery', 570, false, tripped])).toHaveProperty('recovery-untried');
});

test('findingsOf() tells a load generator that is too small from one that had a mishap', () => {
  const spoilt: ShortAttempt = ['locate', 900, false, tripped];
  expect(sentencesOf(...aRamp, spoilt, ['locate', 900, true])['generator-mishap']).toBe(
    'The load generator spoilt 1 of 5 trials: load process 1 used 93 % of a processor',
  );
  expect(sentencesOf(...aRamp, spoilt, spoilt)['generator-limited']).toBe(
    'The load generator cannot offer 900 messages/s: load process 1 used 93 % of a processor',
  );
});

test('findingsOf() reports a drift, a reference trial that failed and a target that fell over', () => {
  const reference = (ok: boolean, cpuMicrosPerMessage: number): ShortAttempt => [
    'reference',
    400,
    ok,
    { cpuMicrosPerMessage },
  ];
  const sentences = sentencesOf(
    ...aRamp,
    recovered,
    reference(true, 20),
    ['locate', 900, false, { fellOver: 'out of memory', reasons: [] }],
    reference(false, 25),
  );
  expect(sentences['drift']).toBe(
    'The host drifted: a message at the same load cost 25 % more processor time later; the interval is widened by it',
  );
  expect(sentences['reference-failed']).toContain(
    'At 400 messages/s, half of the capacity, the objective was not met: Only 90 %',
  );
  expect(sentences['fell-over']).toBe(
    'The target ended under load once, first at 900 messages/s: out of memory',
  );
});
