import { expect, test } from 'vitest';
import { channelsSummary, healthySummary } from '../testing.ts';
import { namedTimes } from './times.ts';

test('namedTimes() puts what is reported before what explains it', () => {
  expect(
    namedTimes(healthySummary())
      .map(({ name }) => name)
      .slice(0, 3),
  ).toEqual(['response', 'service', 'lateness']);
});

test('namedTimes() claims no round trips for a run that only published', () => {
  expect(
    namedTimes(channelsSummary())
      .map(({ name }) => name)
      .slice(0, 5),
  ).toEqual(['lateness', 'push', 'first', 'median', 'last']);
});
