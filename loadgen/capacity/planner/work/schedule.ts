/** How the time of a plan is shared out among what it has to do. Milliseconds. */

/** What is left, and what is still to come. */
export interface Schedule {
  /** For the main search. */
  readonly mainMs: number;
  /** Left for all points of the law when the main search, its proof and the sockets are done. */
  pointMs(leftMs: number, points: number): number;
}

/** Of all the time; the rest is for the proof, the sockets and the points. */
const MAIN = 0.45;

/** For the pages at the end. */
const CLOSING_MS = 5_000;

/** Shares out so much time. Without a law to fit the main search has what the points would have had. */
export function scheduleOf(withinMs: number, hasPoints: boolean): Schedule {
  return {
    mainMs: withinMs * (hasPoints ? MAIN : MAIN + 0.35),
    pointMs: (leftMs, points) => Math.max(0, leftMs - CLOSING_MS) / Math.max(1, points),
  };
}
