/** For tests of trials: a quiet one, of which single figures are changed. */
import type { Trial, TrialSecond } from './trial.ts';

/** Makes seconds of 1,000 messages each, all in time at 50 ms and above; `change` alters what it names. */
export function someSeconds(
  count: number,
  change: (second: number) => Partial<TrialSecond> = () => ({}),
): TrialSecond[] {
  return Array.from({ length: count }, (_, second) => ({
    scheduled: 1_000,
    inTime: [900, 980, 1_000, 1_000, 1_000],
    // Up and down, which is no trend.
    backlogBytes: 2_000 + 500 * (second % 3),
    loopDelayMs: 3 + (second % 2),
    inFlight: 10 + (second % 4),
    ...change(second),
  }));
}

/** Makes a trial that meets 99 % within 50 ms. */
export function aTrial(change: Partial<Trial> = {}): Trial {
  return {
    load: 1_000,
    limitsMs: [10, 25, 50, 75, 100],
    seconds: someSeconds(10),
    connects: { asked: 1_000, made: 1_000 },
    errors: 0,
    unreconciled: 0,
    ...change,
  };
}
