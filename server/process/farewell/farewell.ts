/**
 * How fast a process sends its clients away, so that those who take them up are not overrun. Pure: the master finds
 * out with it how long a worker will need, the worker who is to leave now.
 */

/** How a process sends its clients away. */
export interface Farewell {
  /** Time over which they leave, milliseconds. */
  windowMs: number;
  /** Time for what follows the last farewell, such as answers that are still under way, milliseconds. */
  restMs: number;
  /** Most clients a second, of all processes that send theirs away together. Absent: any number. */
  mostPerSecond?: number;
  /** Processes that send theirs away at the same time, and the place of this one among them, from 0. */
  sharers: number;
  place: number;
  /** Whether nobody is let in any more, and few clients take the whole window too. Else few leave sooner. */
  isDrain: boolean;
}

/** The options that a farewell follows. */
interface FarewellOptions {
  processTermTimeout: number;
  drainWindow?: number | undefined;
  drainLimit?: number | undefined;
}

/** Pause between two looks at who is to leave, milliseconds. */
export const STEP_MS = 50;

/**
 * Share of the limit that is used. A look sends away whose time is at most a step behind or ahead, so that what is
 * due within 1.1 seconds may leave within one.
 */
const USED_SHARE = 0.9;

/** What a process that is busy may need longer than its limit asks for. */
const SLACK = 1.25;

/** A timer of Node can wait no longer than 24.8 days. */
const LONGEST_MS = 2_000_000_000;

/** Makes the farewell that options ask for. Default: of one process alone, which others stand in for. */
export function farewellOf(
  { processTermTimeout, drainWindow, drainLimit }: FarewellOptions,
  { isDrain = false, sharers = 1, place = 0 }: Partial<Farewell> = {},
): Farewell {
  const windowMs = drainWindow ?? processTermTimeout / 2;
  return {
    windowMs,
    restMs: isDrain ? processTermTimeout : processTermTimeout - Math.min(windowMs, processTermTimeout / 2),
    ...(drainLimit === undefined ? {} : { mostPerSecond: drainLimit }),
    sharers,
    place,
    isDrain,
  };
}

/** Longest time that so many clients take from the first farewell to the end, milliseconds. */
export function timeFor(farewell: Farewell, clients: number): number {
  const { restMs, windowMs } = farewell;
  const limitedMs = leastGapOf(farewell) * clients * SLACK;
  return Math.min(Math.max(windowMs, limitedMs) + restMs, LONGEST_MS);
}

/** Says at each look how many clients are to leave. */
export class Pacer {
  readonly #gapMs: number;
  readonly #isLimited: boolean;
  #nextMs: number;

  constructor(farewell: Farewell, clients: number) {
    this.#gapMs = gapOf(farewell, clients);
    this.#isLimited = farewell.mostPerSecond !== undefined;
    // Each process has its own place in the gap of the others, so that together they are as even as one.
    this.#nextMs = (this.#gapMs * farewell.place) / farewell.sharers;
  }

  /**
   * How many are to leave now, so many milliseconds after the first look: those due until the next look. Under a
   * limit, what a standstill has held up is not made up for.
   */
  due(elapsedMs: number): number {
    const lateMs = elapsedMs - this.#nextMs;
    if (this.#isLimited && lateMs > STEP_MS) {
      // Whole gaps: between those of other processes the place stays the same.
      this.#nextMs += Math.ceil(lateMs / this.#gapMs) * this.#gapMs;
    }
    const aheadMs = elapsedMs + STEP_MS - this.#nextMs;
    if (aheadMs <= 0) {
      return 0;
    }
    const count = Math.ceil(aheadMs / this.#gapMs);
    this.#nextMs += count * this.#gapMs;
    return count;
  }
}

/** Pause between two farewells of one process, milliseconds. */
function gapOf(farewell: Farewell, clients: number): number {
  const even = farewell.windowMs / Math.max(1, clients);
  return Math.max(farewell.isDrain ? even : Math.min(even, STEP_MS), leastGapOf(farewell));
}

/** The shortest that the limit allows, milliseconds. */
function leastGapOf({ mostPerSecond = Number.POSITIVE_INFINITY, sharers }: Farewell): number {
  return (1_000 * sharers) / (mostPerSecond * USED_SHARE);
}
