import { expect, test } from 'vitest';
import { healthySummary } from '../testing.ts';
import { errorsOf } from './errors.ts';

test('errorsOf() says nothing of a run in which nothing went wrong', () => {
  expect(errorsOf(healthySummary())).toEqual([]);
});

test('errorsOf() names connections and behaviours by their cause and messages in words, most frequent first', () => {
  const summary = healthySummary();
  summary.users.failed = { timeout: 3 };
  summary.users.dropped = { 'closed 4001': 7 };
  summary.users.thrown = { TypeError: 2 };
  summary.messages.timedOut = 5;
  expect(errorsOf(summary).map(({ what, words, count }) => [what, words, count])).toEqual([
    ['connection ended', 'closed 4001', 7],
    ['message', 'not answered in time', 5],
    ['connection failed', 'timeout', 3],
    ['behaviour threw', 'TypeError', 2],
  ]);
});
