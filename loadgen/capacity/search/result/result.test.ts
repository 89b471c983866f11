import { expect, test } from 'vitest';
import { aRamp, aState, type ShortAttempt, tripped } from '../testing.ts';
import { resultOf } from './result.ts';

const located: ShortAttempt[] = [
  ...aRamp,
  ['locate', 820, true],
  ['locate', 900, false],
  ['locate', 860, false],
];
const ceiling: ShortAttempt[] = [
  ['ramp', 1_000, true, tripped],
  ['ramp', 1_000, true, tripped],
];
const of = (...trials: ShortAttempt[]) => resultOf(aState(trials));

test('resultOf() publishes the largest load confirmed, with the estimate beside it', () => {
  const result = of(...located, ['confirm', 790, true]);
  expect(result).toMatchObject({ verdict: 'found', confirmed: 790, wording: '790 messages/s' });
  expect(result.sentence).toMatch(
    /^The capacity is 790 messages\/s, confirmed over 60 s; the estimate is [\d.]+ messages\/s \(90 %: [\d.]+ to [\d.,]+\)$/,
  );
  expect(result.estimate?.median).toBeGreaterThan(790);
  expect(result.trialSpread).toBeGreaterThan(0);
  expect(result.capacities).toHaveLength(5);
  expect(result.geometricMean?.estimate.median).toBeCloseTo(result.estimate?.median ?? 0, 6);
});

test('resultOf() says "at least" when the load generator is the limit, or no larger load was tried', () => {
  expect(of(['ramp', 700, true], ...ceiling, ['confirm', 700, true])).toMatchObject({
    verdict: 'at-least',
    wording: 'at least 700 messages/s (generator-limited)',
    sentence: 'The capacity is at least 700 messages/s (generator-limited), confirmed over 60 s',
  });
  expect(of(['ramp', 700, true], ['confirm', 700, true]).wording).toBe(
    'at least 700 messages/s (no larger load was tried)',
  );
});

test('resultOf() keeps the estimate when no soak passed', () => {
  const result = of(...located, ['confirm', 790, false]);
  expect(result.verdict).toBe('unconfirmed');
  expect(result.sentence).toMatch(
    /^Cannot confirm a capacity within 7 trials: no soak passed; the estimate is /,
  );
  expect(result).not.toHaveProperty('confirmed');
});

test('resultOf() says why one user is too many', () => {
  const result = of(['ramp', 1, false], ['ramp', 1, false]);
  expect(result.verdict).toBe('not-met');
  expect(result.sentence).toBe(
    'Cannot meet 99 % < 50 ms at one user, 1 messages/s: Only 90 % of the scheduled messages came in time',
  );
  expect(result).not.toHaveProperty('estimate');
  expect(of(['ramp', 50, false]).sentence).toContain('at the smallest load tried, 50 messages/s');
});

test('resultOf() does not answer by a user who had nothing to say', () => {
  const nothing = { reasons: [{ name: 'nothing', sentence: 'No message was scheduled' }] } as const;
  const { sentence } = of(['ramp', 4, false], ['ramp', 1, false, nothing]);
  expect(sentence).toBe(
    'Cannot meet 99 % < 50 ms at the smallest load tried, 4 messages/s: Only 90 % of the scheduled messages came in time',
  );
});

test('resultOf() says "at least" of what no soak has confirmed as well', () => {
  const result = of(['ramp', 700, true], ...ceiling);
  expect(result).toMatchObject({ verdict: 'unconfirmed', atLeast: 'generator-limited' });
  expect(result.sentence).toMatch(
    /no soak passed; it is believed to be at least [\d.]+ messages\/s \(generator-limited\)$/,
  );
  expect(of(...located, ['confirm', 790, true])).not.toHaveProperty('atLeast');
});

test('resultOf() knows nothing of a target when the load generator spoilt every trial', () => {
  expect(of(...ceiling)).toMatchObject({
    verdict: 'unconfirmed',
    sentence:
      'Cannot tell the capacity: the load generator spoilt every trial: load process 1 used 93 % of a processor',
  });
});

test('resultOf() keeps what was found of a target that fell over', () => {
  const fall: ShortAttempt = ['locate', 900, false, { fellOver: 'out of memory' }];
  const result = of(...aRamp, ['locate', 820, true], fall);
  expect(result.verdict).toBe('fell-over');
  expect(result.sentence).toMatch(
    /^Cannot go on: the target ended again at 900 messages\/s: out of memory; until then the estimate is /,
  );
});

test('resultOf() can be asked before a search has begun', () => {
  expect(of()).toMatchObject({ verdict: 'unconfirmed', capacities: [{}, {}, {}, {}, {}], snapshots: [] });
});
