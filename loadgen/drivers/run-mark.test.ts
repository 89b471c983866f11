import { expect, test } from 'vitest';
import { createRunMark, runMarkOf } from './run-mark.ts';

test('runMarkOf() tells runs apart that begin a microsecond one after the other, by six digits', () => {
  const starts = [0, 1_700_000_000_000.001, 1_700_000_000_000.002];
  const marks = starts.map(runMarkOf);
  expect(new Set(marks).size).toBe(starts.length);
  for (const mark of marks) expect(mark).toMatch(/^[0-9a-z]{6}$/);
  expect(runMarkOf(starts[1]!)).toBe(marks[1]);
});

test('createRunMark() tells the mark of the start that is known when it is asked for, and no other later', () => {
  const clock = { startEpochMs: 0 };
  const mark = createRunMark(clock);
  clock.startEpochMs = 1_700_000_000_000;
  expect(mark()).toBe(runMarkOf(1_700_000_000_000));
  clock.startEpochMs = 5;
  expect(mark()).toBe(runMarkOf(1_700_000_000_000));
});
