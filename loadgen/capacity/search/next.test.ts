import { expect, test } from 'vitest';
import { next } from './next.ts';
import { aRamp, aState, type ShortAttempt, tripped } from './testing.ts';

const recovered: ShortAttempt = ['recovery', 570, true, { overload: 1_200 }];
const reference: ShortAttempt = ['reference', 400, true];
/** Closes in on 900. */
const located: ShortAttempt[] = Array.from({ length: 12 }, (_, index) => [
  'locate',
  index % 2 ? 908 : 892,
  index % 2 === 0,
]);
const phaseAfter = (...trials: ShortAttempt[]): string => {
  const step = next(aState(trials, { limitTrials: 0 }));
  return step.kind === 'done' ? 'done' : step.phase;
};

test('next() ramps, recovers, compares, locates, confirms, compares again and is done', () => {
  expect(phaseAfter()).toBe('ramp');
  expect(phaseAfter(...aRamp)).toBe('recovery');
  expect(phaseAfter(...aRamp, recovered)).toBe('reference');
  expect(phaseAfter(...aRamp, recovered, reference)).toBe('locate');
  expect(phaseAfter(...aRamp, recovered, reference, ...located)).toBe('confirm');
  const confirmed: ShortAttempt[] = [...aRamp, recovered, reference, ...located, ['confirm', 880, true]];
  expect(phaseAfter(...confirmed)).toBe('reference');
  expect(phaseAfter(...confirmed, reference)).toBe('done');
});

test('next() spends trials on the other limits before it confirms', () => {
  const step = next(
    aState([
      ['ramp', 444, true],
      ['ramp', 665, true, { okAtLimits: [false, true, true, true, true] }],
      ['ramp', 1_000, false],
      recovered,
      reference,
      ...located.map(
        ([phase, load, ok]): ShortAttempt => [phase, load, ok, { okAtLimits: [false, ok, ok, ok, ok] }],
      ),
    ]),
  );
  expect(step).toMatchObject({ phase: 'reference', load: 400 });
});

test('next() gives each phase its length', () => {
  const step = (...trials: ShortAttempt[]) => next(aState(trials));
  expect(step()).toMatchObject({ seconds: 5, fresh: false });
  expect(step(...aRamp)).toMatchObject({ seconds: 30, overload: 1_200 });
  expect(step(...aRamp, recovered, reference)).toMatchObject({ seconds: 10 });
});

test('next() runs a trial once more when a guard trips, and believes it then', () => {
  const first = next(
    aState([
      ['ramp', 400, true],
      ['ramp', 600, true, tripped],
    ]),
  );
  expect(first).toMatchObject({ phase: 'ramp', load: 600 });
  const second = next(
    aState([
      ['ramp', 400, true],
      ['ramp', 600, true, tripped],
      ['ramp', 600, true],
    ]),
  );
  expect(second).toMatchObject({ phase: 'ramp', load: 900 });
  const third = next(
    aState([
      ['ramp', 400, true],
      ['ramp', 600, true, tripped],
      ['ramp', 600, true, tripped],
    ]),
  );
  expect(third).toMatchObject({ phase: 'reference' });
});

test('next() wants a target started anew once it fell over, or failed after it did not recover', () => {
  const stuck: ShortAttempt = ['recovery', 570, false, { overload: 1_200 }];
  const isFresh = (...trials: ShortAttempt[]) => next(aState(trials));
  expect(isFresh(...aRamp)).toMatchObject({ fresh: false });
  expect(isFresh(...aRamp, stuck)).toMatchObject({ fresh: true });
  expect(isFresh(...aRamp, stuck, reference)).toMatchObject({ fresh: false });
  expect(isFresh(...aRamp, stuck, reference, ['locate', 900, false])).toMatchObject({ fresh: true });
  expect(isFresh(['ramp', 400, true], ['ramp', 600, false, { fellOver: 'out of memory' }])).toMatchObject({
    fresh: true,
  });
});

test('next() leaves a target alone that fell over three times', () => {
  const fall: ShortAttempt = ['locate', 900, false, { fellOver: 'out of memory' }];
  expect(phaseAfter(...aRamp, recovered, reference, fall, fall)).toBe('locate');
  expect(phaseAfter(...aRamp, recovered, reference, fall, fall, fall)).toBe('done');
});

test('next() keeps three trials back: two soaks and the last reference', () => {
  const vague = (count: number): ShortAttempt[] =>
    Array.from({ length: count }, (_, index) => ['locate', 800 + 20 * (index % 9), index % 2 === 0]);
  const start: ShortAttempt[] = [...aRamp, recovered, reference];
  const upTo = (count: number): ShortAttempt[] => [...start, ...vague(count - start.length - 1), reference];
  expect(phaseAfter(...upTo(20))).toBe('locate');
  expect(phaseAfter(...upTo(21))).toBe('confirm');
  expect(phaseAfter(...upTo(21), ['confirm', 750, false])).toBe('confirm');
  expect(phaseAfter(...upTo(21), ['confirm', 750, false], ['confirm', 700, false])).toBe('reference');
  expect(phaseAfter(...upTo(21), ['confirm', 750, false], ['confirm', 700, false], reference)).toBe('done');
});

test('next() tries a recovery that failed once more, when the capacity is located', () => {
  const stuck: ShortAttempt = ['recovery', 570, false, { overload: 1_200 }];
  expect(phaseAfter(...aRamp, stuck, reference)).toBe('locate');
  expect(phaseAfter(...aRamp, stuck, reference, ...located)).toBe('recovery');
  expect(phaseAfter(...aRamp, stuck, reference, ...located, stuck)).toBe('confirm');
});

test('next() is done at once where one user is too many', () => {
  const step = next(
    aState([
      ['ramp', 1, false],
      ['ramp', 1, false],
    ]),
  );
  expect(step.kind === 'done' && step.result.verdict).toBe('not-met');
});
