import { expect, test } from 'vitest';
import { anEmptyPlan, anIdlePlan, anInterruptedPlan, aPlan } from '../testing.ts';
import { missingOf } from './missing.ts';

test('missingOf() finds nothing missing in a whole plan', () => {
  expect(missingOf(aPlan())).toEqual([]);
});

test('missingOf() misses no search of users who hardly say anything', () => {
  expect(missingOf(anIdlePlan())).toEqual([]);
});

test('missingOf() names every part that an interrupted plan does not hold', () => {
  const missing = missingOf(anInterruptedPlan());
  for (const what of ['confirmed', 'proof', 'mean', 'scaling', 'costs', 'memory', 'calibration', 'fleets'])
    expect(missing.filter((sentence) => sentence.includes(what))).toHaveLength(1);
  expect(missingOf(anEmptyPlan())[0]).toMatch(/^the search/);
});

test.each(['proof', 'scaling', 'memory', 'calibration', 'fleets'] as const)(
  'missingOf() names a single part that is null: %s',
  (part) => {
    expect(missingOf(aPlan({ [part]: null }))).toHaveLength(1);
  },
);
