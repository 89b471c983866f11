import { expect, test } from 'vitest';
import { readCoreTime } from './core-time.ts';

const STAT = `cpu  30 3 20 900 5 7 9 4 0 0
cpu0 10 1 15 400 5 7 9 3 0 0
cpu10 20 2 5 500 0 0 0 1 0 0
`;

test('readCoreTime() adds the time in which nobody wanted a core, and tells what was stolen', () => {
  expect(readCoreTime(0, STAT)).toEqual({ idleMicros: 4_050_000, stolenMicros: 30_000 });
  expect(readCoreTime(10, STAT)).toEqual({ idleMicros: 5_000_000, stolenMicros: 10_000 });
});

test('readCoreTime() takes all cores together without a core', () => {
  expect(readCoreTime(undefined, STAT)).toEqual({ idleMicros: 9_050_000, stolenMicros: 40_000 });
});

test('readCoreTime() of a core that is not there is nothing', () => {
  expect(readCoreTime(1, STAT)).toEqual({ idleMicros: 0, stolenMicros: 0 });
});
