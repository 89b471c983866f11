/** Requests to the HTTP side of the target, in a summary's words. */
import { decodeHistogram } from '../histogram.ts';
import { quantilesOf } from '../measure.ts';
import type { HttpRecord } from '../record/index.ts';
import type { Summary } from '../summary.ts';
import { sum } from './span.ts';

/** Sums the requests up. */
export function httpOf({
  seconds,
  status,
  errors,
  timedOut,
  latency,
}: HttpRecord): NonNullable<Summary['http']> {
  const times = latency === undefined ? undefined : quantilesOf(decodeHistogram(latency));
  return {
    perSecond: sum(Object.values(status)) / Math.max(1, seconds),
    status,
    errors,
    timedOut,
    ...(times && { latencyMs: times }),
  };
}
