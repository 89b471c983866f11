import { expect, test } from 'vitest';
import { healthyRun } from '../testing.ts';
import { errorFigure } from './errors.ts';

test('errorFigure() is no chart at all when nothing went wrong', () => {
  expect(errorFigure(healthyRun())).toEqual([]);
});

test('errorFigure() tells in which second a connection failed, a behaviour threw and a message was lost', () => {
  const run = healthyRun();
  run.summary.users.failed = { refused: 4 };
  run.summary.users.thrown = { TypeError: 3 };
  run.summary.messages.lost = 2;
  for (const second of run.timeline) {
    if (second.second >= 7) second.failedSoFar = { refused: 4 };
    if (second.second === 8) second.thrown = { TypeError: 3 };
    if (second.second === 9) second.lost = 2;
  }
  const [chart] = errorFigure(run);
  expect(chart?.model.lines.map(({ label }) => label)).toEqual(['refused', 'TypeError', 'lost']);
  const seconds = chart?.model.lines.map(({ points }) => points.filter(([, value]) => value !== 0));
  expect(seconds).toEqual([[[7, 4]], [[8, 3]], [[9, 2]]]);
});
