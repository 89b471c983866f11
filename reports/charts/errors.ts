/** What went wrong, second by second, with a line for each cause. */
import type { Run, Second } from '../../loadgen/results/index.ts';
import type { Point } from '../browser/index.ts';
import { type ErrorCount, errorsOf } from '../figures/index.ts';
import { type Figure, figure } from './figure.ts';
import { line } from './lines.ts';

/** As many causes as there are looks that can be told apart; the table has all of them. */
const MOST_LINES = 8;

/** Draws errors by cause; nothing for a run without any. */
export function errorFigure({ summary, timeline }: Run): Figure[] {
  const lines = errorsOf(summary)
    .slice(0, MOST_LINES)
    .map((error, look) => line(error.label, { look, points: pointsOf(timeline, error) }));
  return figure({ title: 'Errors per second, by cause', id: 'chart-errors', lines });
}

/** Causes of connections are counted so far; all else second by second. */
function pointsOf(timeline: readonly Second[], { kind, cause }: ErrorCount): Point[] {
  return timeline.map((second, index): Point => {
    if (kind === 'counted') return [second.second, second[cause as 'lost'] ?? 0];
    if (kind === 'thrown') return [second.second, second.thrown?.[cause] ?? 0];
    const soFar = (each: Second | undefined): number =>
      (kind === 'failed' ? each?.failedSoFar[cause] : each?.droppedSoFar[cause]) ?? 0;
    return [second.second, (soFar(second) - soFar(timeline[index - 1])) / (second.seconds ?? 1)];
  });
}
