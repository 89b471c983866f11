/**
 * What was sent and not yet answered, first in first out for each user. Sends live in slots of a few
 * typed arrays, handed out and taken back through a list of free ones, so that a send leaves no garbage.
 *
 * A send that waited too long gives its slot back at once and is only counted: its answer may still
 * come, before those of all younger sends, and must then not be taken for one of theirs.
 */

const NONE = -1;
const FIRST_CAPACITY = 1_024;

/** What an answer belongs to: a send that waits, one that was given up, or none at all. */
export type Match = 'waiting' | 'late' | 'none';

/** The unanswered sends of all users of a load process. */
export class Outstanding {
  readonly #oldest: Int32Array;
  readonly #youngest: Int32Array;
  readonly #givenUp: Int32Array;
  /** The next younger slot of the same user, or the next free slot. */
  #next = new Int32Array(0);
  #intendedTimes = new Float64Array(0);
  #sentTimes = new Float64Array(0);
  #free = NONE;
  #size = 0;
  #taken = NONE;

  /** Users are numbers below `users`. */
  constructor(users: number) {
    this.#oldest = new Int32Array(users).fill(NONE);
    this.#youngest = new Int32Array(users).fill(NONE);
    this.#givenUp = new Int32Array(users);
  }

  /** Sends that wait for an answer. */
  get size(): number {
    return this.#size;
  }

  /** Intended time of the send that `take` matched last. */
  get intended(): number {
    return this.#intendedTimes[this.#taken] ?? Number.NaN;
  }

  /** Actual time of the send that `take` matched last. */
  get sent(): number {
    return this.#sentTimes[this.#taken] ?? Number.NaN;
  }

  /** Notes one send. */
  add(user: number, intended: number, sent: number): void {
    if (this.#free === NONE) this.#grow();
    const slot = this.#free;
    this.#free = this.#next[slot] ?? NONE;
    this.#next[slot] = NONE;
    this.#intendedTimes[slot] = intended;
    this.#sentTimes[slot] = sent;
    const youngest = this.#youngest[user] ?? NONE;
    if (youngest === NONE) this.#oldest[user] = slot;
    else this.#next[youngest] = slot;
    this.#youngest[user] = slot;
    this.#size += 1;
  }

  /** Matches an answer. After `waiting`, `intended` and `sent` tell of the send, until the next `add`. */
  take(user: number): Match {
    const givenUp = this.#givenUp[user] ?? 0;
    if (givenUp > 0) {
      this.#givenUp[user] = givenUp - 1;
      return 'late';
    }
    if (this.#oldest[user] === NONE) return 'none';
    this.#taken = this.#removeOldest(user);
    return 'waiting';
  }

  /** Gives up a user's sends that were intended at or before a time, and says how many. */
  giveUp(user: number, intendedUntil: number): number {
    let count = 0;
    for (let slot = this.#oldest[user] ?? NONE; slot !== NONE; slot = this.#oldest[user] ?? NONE) {
      if ((this.#intendedTimes[slot] ?? 0) > intendedUntil) break;
      this.#removeOldest(user);
      count += 1;
    }
    this.#givenUp[user] = (this.#givenUp[user] ?? 0) + count;
    return count;
  }

  /** Forgets a user whose connection ended, and says how many sends were waiting. */
  drop(user: number): number {
    const count = this.giveUp(user, Number.POSITIVE_INFINITY);
    this.#givenUp[user] = 0;
    return count;
  }

  #removeOldest(user: number): number {
    const slot = this.#oldest[user] ?? NONE;
    const younger = this.#next[slot] ?? NONE;
    this.#oldest[user] = younger;
    if (younger === NONE) this.#youngest[user] = NONE;
    this.#next[slot] = this.#free;
    this.#free = slot;
    this.#size -= 1;
    return slot;
  }

  #grow(): void {
    const before = this.#next.length;
    const after = Math.max(FIRST_CAPACITY, before * 2);
    this.#next = copyOf(this.#next, new Int32Array(after));
    this.#intendedTimes = copyOf(this.#intendedTimes, new Float64Array(after));
    this.#sentTimes = copyOf(this.#sentTimes, new Float64Array(after));
    for (let slot = after - 1; slot >= before; slot -= 1) {
      this.#next[slot] = this.#free;
      this.#free = slot;
    }
  }
}

function copyOf<List extends Int32Array | Float64Array>(from: List, to: List): List {
  to.set(from);
  return to;
}
