/**
 * What tells the publications of one run from those of another at the same target, whose channels and publishers have
 * the same names. It travels in every publication and not in the names of channels: these choose the broker, which is
 * to be the same in every run, and a target may take no others.
 */
import type { Clock } from './driver.ts';

/** So many digits tell two billion starts apart, microseconds within 36 minutes. */
const DIGITS = 6;

/** The mark of a run that begins at this time, which is the same in all its load processes. Always of one length. */
export function runMarkOf(startEpochMs: number): string {
  return Math.round(startEpochMs * 1000)
    .toString(36)
    .padStart(DIGITS, '0')
    .slice(-DIGITS);
}

/** Tells the mark of the run of a clock, made when it is asked for first: nobody publishes before the start is known. */
export function createRunMark(clock: Pick<Clock, 'startEpochMs'>): () => string {
  let mark: string | undefined;
  return () => {
    mark ??= runMarkOf(clock.startEpochMs);
    return mark;
  };
}
