/** A trial that was run, as the objective judges it. */
import type { Trial } from '../../slo/index.ts';
import type { TrialRecord } from '../../trials/index.ts';

/** Counts by these limits, milliseconds. What the target does not tell counts as none of it: 0. */
export function sloTrialOf(record: TrialRecord, limitsMs: readonly number[]): Trial {
  const { connects, errors, load, seconds, unreconciled } = record;
  return {
    load,
    limitsMs,
    seconds: seconds.map(({ bufferedBytes, inFlight, inTime, loopDelayMs, scheduled }) => ({
      scheduled,
      inTime: limitsMs.map((limit) => inTime[limit] ?? 0),
      backlogBytes: bufferedBytes ?? 0,
      loopDelayMs: loopDelayMs ?? 0,
      inFlight,
    })),
    connects,
    errors,
    unreconciled,
  };
}
