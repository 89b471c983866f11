import { expect, test } from 'vitest';
import { nightlySettings } from '../../../../reports/gate/index.ts';
import { checkTime, fitJob, takesMemory } from './fit.ts';
import { rulesFor } from './rules.ts';

const rules = rulesFor({ countsInstructions: true, attempt: 1, quarantined: [] });
const pace = { blockSeconds: { long: 25, short: 15 }, memorySeconds: 5 };

function shapeOf(limitSeconds: number, changes: Partial<Parameters<typeof fitJob>[1]> = {}) {
  const { length, looks } = fitJob(rules, { pace, time: { limitSeconds, spentSeconds: 30 }, ...changes });
  return [length, ...looks.map(({ blocks }) => blocks)];
}

/** Time of a job whose blocks take so long: 30 s are gone before, 10 s go for its end, and 8 % are kept. */
const around = (seconds: number): number => 30 + (seconds + 10) / 0.92;

test('fitJob() has all looks and long blocks without a limit', () => {
  expect(fitJob(rules, { pace })).toEqual({ length: 'long', looks: rules.looks });
  expect(fitJob(rules, { pace, length: 'short' }).length).toBe('short');
});

test('fitJob() has short blocks where long ones leave no time for the last look', () => {
  const forLong = around(32 * 25 + 12 * 5) + 1e-6;
  expect(shapeOf(forLong)).toEqual(['long', 12, 20, 32]);
  expect(shapeOf(forLong - 1)).toEqual(['short', 12, 20, 32]);
  expect(shapeOf(forLong - 1, { length: 'long' })).toEqual(['long', 12, 19, 31]);
});

test('fitJob() has as many blocks as fit, and no fewer than the first look wants', () => {
  expect(shapeOf(around(27 * 15 + 12 * 5) + 1e-6)).toEqual(['short', 12, 18, 27]);
  expect(shapeOf(60)).toEqual(['short', 12]);
});

test('fitJob() writes down what the number of blocks follows from', () => {
  expect(fitJob(rules, { pace, time: { limitSeconds: 660, spentSeconds: 30 } }).time).toEqual({
    limitSeconds: 660,
    blockSeconds: 15,
  });
});

test('fitJob() gives one look all the time there is', () => {
  const time = { limitSeconds: around(100 * 25) + 1e-6, spentSeconds: 30 };
  const alone = { ...rules, watch: [] };
  const { length, looks } = fitJob(alone, { pace, time, isOneLook: true });
  expect([length, looks]).toEqual(['long', [{ blocks: 100, share: 1 }]]);
});

test('takesMemory() takes it in every block where it is gated, and up to the first look where it is watched', () => {
  const night = nightlySettings({ countsInstructions: true });
  const gated = { ...rules, hypotheses: [...night.hypotheses] };
  expect([0, 11, 12, 31].map((index) => takesMemory(rules, index))).toEqual([true, true, false, false]);
  expect([0, 31].map((index) => takesMemory(gated, index))).toEqual([true, true]);
  expect(takesMemory({ ...rules, watch: [] }, 0)).toBe(false);
});

test('checkTime() refuses a time in which no first look can be done, and names the least', () => {
  for (const seconds of [90, undefined]) expect(() => checkTime(seconds)).not.toThrow();
  expect(() => checkTime(1)).toThrow(
    'Cannot gate in 1 s: wanted is a time of 90 s or more, for no first look takes less',
  );
});
