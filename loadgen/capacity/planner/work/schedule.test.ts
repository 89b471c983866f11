import { expect, test } from 'vitest';
import { scheduleOf } from './schedule.ts';

test('scheduleOf() gives the main search most, and more where there is no law to fit', () => {
  expect(scheduleOf(900_000, true).mainMs).toBe(405_000);
  expect(scheduleOf(900_000, false).mainMs).toBeGreaterThan(700_000);
});

test('scheduleOf() shares what is left among the points that are left, and nothing that is gone', () => {
  const { pointMs } = scheduleOf(900_000, true);
  expect(pointMs(305_000, 6)).toBe(50_000);
  expect(pointMs(105_000, 1)).toBe(100_000);
  expect(pointMs(-1, 3)).toBe(0);
});
