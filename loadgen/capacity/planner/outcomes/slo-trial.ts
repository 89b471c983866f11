/** A trial that was run, as the objective judges it. */
import type { Trial } from '../../slo/index.ts';
import type { TrialRecord } from '../../trials/index.ts';

/**
 * Counts by these limits, milliseconds. What the target never tells counts as none of it: 0. A second that it does not
 * tell of is like the one before: runs mostly end before the look at their last second, and a fall to 0 there would hide
 * any growth.
 */
export function sloTrialOf(record: TrialRecord, limitsMs: readonly number[]): Trial {
  const { connects, errors, load, seconds, unreconciled } = record;
  const delays = kept(seconds.map(({ loopDelayMs }) => loopDelayMs));
  const bytes = kept(seconds.map(({ bufferedBytes }) => bufferedBytes));
  return {
    load,
    limitsMs,
    seconds: seconds.map(({ inFlight, inTime, scheduled }, n) => ({
      scheduled,
      inTime: limitsMs.map((limit) => inTime[limit] ?? 0),
      backlogBytes: bytes[n] ?? 0,
      loopDelayMs: delays[n] ?? 0,
      inFlight,
    })),
    connects,
    errors,
    unreconciled,
  };
}

/** Puts the last that was told in place of what was not; of what comes before the first, the first. */
function kept(told: readonly (number | null)[]): number[] {
  let last = told.find((each) => each !== null) ?? 0;
  return told.map((each) => {
    last = each ?? last;
    return last;
  });
}
