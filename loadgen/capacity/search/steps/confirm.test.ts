import { expect, test } from 'vitest';
import { quantileOf } from '../posterior/index.ts';
import { aRamp, aState, tripped } from '../testing.ts';
import { confirmedLoad, nextConfirmLoad } from './confirm.ts';
import { posteriorOf } from './history.ts';

test('nextConfirmLoad() takes the 5 % point', () => {
  const state = aState(aRamp);
  expect(nextConfirmLoad(state)).toBe(quantileOf(posteriorOf(state), 0.05));
});

test('nextConfirmLoad() goes down by 3 % or more after a soak that failed, with what it taught', () => {
  const failed = aState([...aRamp, ['locate', 850, true], ['confirm', 700, false]]);
  const load = nextConfirmLoad(failed) ?? 0;
  expect(load).toBeLessThanOrEqual(700 * 0.97);
  expect(load).toBeLessThanOrEqual(quantileOf(posteriorOf(failed), 0.05));
});

test('nextConfirmLoad() asks for no more than has passed where the load generator is the limit', () => {
  const limited = aState([
    ['ramp', 600, true],
    ['ramp', 1_000, true, tripped],
    ['ramp', 1_000, true, tripped],
  ]);
  expect(nextConfirmLoad(limited)).toBeLessThanOrEqual(600);
});

test('confirmedLoad() is the largest soak that passed, and the end of soaking', () => {
  const state = aState([...aRamp, ['confirm', 700, false], ['confirm', 679, true]]);
  expect(confirmedLoad(state)).toBe(679);
  expect(nextConfirmLoad(state)).toBeUndefined();
  expect(confirmedLoad(aState([...aRamp, ['confirm', 700, true, tripped]]))).toBeUndefined();
  expect(confirmedLoad(aState(aRamp))).toBeUndefined();
});
