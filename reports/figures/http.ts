/** Requests to the HTTP side of the target, in one sentence. */
import type { Summary } from '../../loadgen/results/index.ts';
import { formatCount, formatRate, totalOf } from './format.ts';

/** Says what became of the requests; undefined when none were made. */
export function httpSentence({ http }: Summary): string | undefined {
  if (http === undefined) return undefined;
  const statuses = Object.entries(http.status).map(
    ([status, count]) => `${formatCount(count)} with ${status}`,
  );
  return [
    `${formatRate(http.perSecond)} answers/s, ${formatCount(totalOf(http.status))} in all`,
    ...statuses,
    `${formatCount(http.errors)} not answered`,
    `${formatCount(http.timedOut)} of them timed out`,
  ].join(', ');
}
