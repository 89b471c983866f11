/**
 * How long what comes in waits until the process reads it. A process that has only to listen sends nothing that could
 * be late, so it looks up at times of its own, and whatever makes it late for them (no processor, a turn that takes
 * long, a collection) keeps it from reading just as long. Times spread like this stand for any time: the delay at 99 %
 * is what one message in a hundred waits for, when they come in at random.
 */

/**
 * Seconds between two looks, some 62 in a second: enough for ten seconds to tell one in a hundred from chance, and few,
 * as each wakes a process that may have nothing else to do. The golden ratio is further than any other from being a
 * fraction: whatever happens at even intervals, as the end of a second does, is met at all its moments alike.
 */
const LOOK_EVERY = (1 + Math.sqrt(5)) / 200;

/** The looks of one load process. */
export class LoopDelay {
  readonly #looked: (delay: number) => void;
  #next = 0;

  /** `looked` is told of every look, and how many seconds late it came. */
  constructor(looked: (delay: number) => void) {
    this.#looked = looked;
  }

  /** When the next one is due, seconds. */
  get next(): number {
    return this.#next;
  }

  /** Takes all that have come due by now. None is skipped: a long delay counts by its length. */
  look(now: number): void {
    for (; this.#next <= now; this.#next += LOOK_EVERY) this.#looked(now - this.#next);
  }
}
