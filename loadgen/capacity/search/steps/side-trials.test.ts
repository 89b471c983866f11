import { expect, test } from 'vitest';
import { quantileOf } from '../posterior/index.ts';
import { aRamp, aState, type ShortAttempt, tripped } from '../testing.ts';
import { posteriorOf } from './history.ts';
import { closingReference, dueRecovery, dueReference, dueSecondRecovery } from './side-trials.ts';

const locates = (count: number): ShortAttempt[] => Array.from({ length: count }, () => ['locate', 800, true]);

test('dueReference() wants half of the capacity at first, and the same load after six trials', () => {
  const ramped = aState(aRamp);
  expect(dueReference(ramped)).toBeCloseTo(0.5 * quantileOf(posteriorOf(ramped), 0.5), 9);
  expect(dueReference(aState([...aRamp, ['reference', 400, true], ...locates(5)]))).toBeUndefined();
  expect(dueReference(aState([...aRamp, ['reference', 400, true], ...locates(6)]))).toBe(400);
});

test('closingReference() is due unless the last trial was one or there is nothing to compare it with', () => {
  expect(closingReference(aState([...aRamp, ['reference', 400, true], ['confirm', 700, true]]))).toBe(400);
  expect(closingReference(aState([...aRamp, ['reference', 400, true]]))).toBeUndefined();
  expect(closingReference(aState([...aRamp, ['confirm', 700, true]]))).toBeUndefined();
});

test('dueRecovery() follows an overload: a fifth above what failed, back to 70 % of the capacity', () => {
  const ramped = aState(aRamp);
  const median = quantileOf(posteriorOf(ramped), 0.5);
  expect(dueRecovery(ramped)?.overload).toBe(1_200);
  expect(dueRecovery(ramped)?.load).toBeCloseTo(0.7 * median, 9);
});

test('dueRecovery() never comes back to a load that has not passed', () => {
  const wide = aState([
    ['ramp', 100, true],
    ['ramp', 1_000, false],
  ]);
  expect(dueRecovery(wide)?.load).toBe(100);
});

test('dueRecovery() is not due without an overload of the target, nor twice but for a mishap', () => {
  const recovery: ShortAttempt = ['recovery', 570, true, { overload: 1_200 }];
  const mishap: ShortAttempt = ['recovery', 570, true, { ...tripped, overload: 1_200 }];
  expect(dueRecovery(aState([['ramp', 665, true]]))).toBeUndefined();
  expect(dueRecovery(aState([['ramp', 665, false]]))).toBeUndefined();
  expect(dueRecovery(aState([...aRamp, recovery]))).toBeUndefined();
  expect(dueRecovery(aState([...aRamp, mishap]))).toBeDefined();
  expect(dueRecovery(aState([...aRamp, mishap, mishap]))).toBeUndefined();
});

test('dueRecovery() overloads with no more than the load generator can offer', () => {
  const limited = aState([...aRamp, ['locate', 1_100, true, tripped], ['locate', 1_100, true, tripped]]);
  expect(dueRecovery(limited)?.overload).toBe(1_100);
});

test('dueSecondRecovery() tries again what failed once, with what is known by then', () => {
  const failed: ShortAttempt = ['recovery', 570, false, { overload: 1_200 }];
  const located: ShortAttempt[] = [...aRamp, failed, ['locate', 800, false], ['locate', 700, true]];
  const again = aState(located);
  expect(dueSecondRecovery(again)).toEqual({
    load: Math.min(700, 0.7 * quantileOf(posteriorOf(again), 0.5)),
    overload: 960,
  });
  expect(dueSecondRecovery(aState([...located, failed]))).toBeUndefined();
  expect(dueSecondRecovery(aState([...aRamp, ['recovery', 570, true]]))).toBeUndefined();
  expect(dueSecondRecovery(aState(aRamp))).toBeUndefined();
});
