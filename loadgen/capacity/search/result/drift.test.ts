import { expect, test } from 'vitest';
import { aState, type ShortAttempt, tripped } from '../testing.ts';
import { driftOf } from './drift.ts';

const references = (...micros: number[]): ShortAttempt[] =>
  micros.map((cpuMicrosPerMessage) => ['reference', 400, true, { cpuMicrosPerMessage }]);

test('driftOf() finds the farthest move from the first reference trial, to either side', () => {
  expect(driftOf(aState(references(20, 23, 21)))?.factor).toBeCloseTo(1.15, 12);
  expect(driftOf(aState(references(20, 21, 16)))?.factor).toBeCloseTo(0.8, 12);
  expect(driftOf(aState(references(20, 21, 16)))?.move).toBeCloseTo(Math.log(1.25), 12);
});

test('driftOf() lets a host move by 10 %, and needs two trials that can be compared', () => {
  expect(driftOf(aState(references(20, 21.9, 18.2)))).toBeUndefined();
  expect(driftOf(aState(references(20)))).toBeUndefined();
  expect(driftOf(aState([]))).toBeUndefined();
  const spoilt: ShortAttempt = ['reference', 400, true, { ...tripped, cpuMicrosPerMessage: 40 }];
  expect(driftOf(aState([...references(20), spoilt]))).toBeUndefined();
});
