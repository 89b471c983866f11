/** How many trials a search may still take, by what those before took. */

/** How long a search has gone on, and how long it may. Times are milliseconds. */
export interface Pace {
  /** Trials so far, and how long they took in all. */
  readonly trials: number;
  readonly elapsedMs: number;
  /** Of these, how long they were meant to measure. */
  readonly measuredMs: number;
  /** What is left until the search has to be over. */
  readonly leftMs: number;
  /** Length of a trial that locates, and of the soak at the end: undefined for a search that ends without one. */
  readonly trialMs: number;
  readonly soakMs: number | undefined;
}

/** A search keeps back as many for the soak, a second one and what goes with them. */
const KEPT_BACK = 3;

/** What a trial takes beside what it measures, as long as none was run: processes that start and end, users that come. */
const USUAL_OVERHEAD_MS = 8_000;

/**
 * Gives the number of trials that fit in all, those so far among them; never fewer than there are. A soak is begun as
 * long as there is any time, as nothing is known for certain without one; a search without a soak ends in its time.
 */
export function trialsInTime(pace: Pace): number {
  const { elapsedMs, leftMs, measuredMs, soakMs, trialMs, trials } = pace;
  const overhead = trials === 0 ? USUAL_OVERHEAD_MS : Math.max(0, elapsedMs - measuredMs) / trials;
  const forLocating = soakMs === undefined ? leftMs : leftMs - (soakMs + overhead);
  const fit = Math.max(0, Math.floor(forLocating / (trialMs + overhead)));
  return trials + fit + (soakMs !== undefined && leftMs > 0 ? KEPT_BACK : 0);
}
