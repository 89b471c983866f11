/**
 * What was sent and not yet answered: events, answered first in first out, or calls, answered by their number;
 * a user has either these or those. Sends live in slots of a few
 * typed arrays, handed out and taken back through a list of free ones, so that a send leaves no garbage.
 *
 * A send that waited too long gives its slot back at once and is only remembered: its answer may still come,
 * and must not be taken for that of a younger send, nor for a second answer.
 */

const NONE = -1;
const FIRST_CAPACITY = 1_024;

/** Number of a send that is an event. */
const NO_CALL = -1;

/**
 * Most calls remembered that were given up, and then no more those of the user at hand: a target that answers none must
 * not fill the memory.
 */
const MOST_LATE = 2 ** 18;

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
  #calls = new Int32Array(0);
  /** Calls that were given up, by user. Nearly always empty. */
  readonly #lateCalls = new Map<number, Set<number>>();
  /** How many these are. */
  #late = 0;
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

  /** Whether a user has sends that wait for an answer. */
  isWaiting(user: number): boolean {
    return this.#oldest[user] !== NONE;
  }

  /** Notes one send: an event, or the call of a number. */
  add(user: number, intended: number, sent: number, call = NO_CALL): void {
    if (this.#free === NONE) this.#grow();
    const slot = this.#free;
    this.#free = this.#next[slot] ?? NONE;
    this.#next[slot] = NONE;
    this.#intendedTimes[slot] = intended;
    this.#sentTimes[slot] = sent;
    this.#calls[slot] = call;
    const youngest = this.#youngest[user] ?? NONE;
    if (youngest === NONE) this.#oldest[user] = slot;
    else this.#next[youngest] = slot;
    this.#youngest[user] = slot;
    this.#size += 1;
  }

  /** Matches an answer to an event. After `waiting`, `intended` and `sent` tell of the send, until the next `add`. */
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

  /** Matches the response to a call, as `take` does an answer. */
  takeCall(user: number, call: number): Match {
    let before = NONE;
    let slot = this.#oldest[user] ?? NONE;
    while (slot !== NONE && this.#calls[slot] !== call) {
      before = slot;
      slot = this.#next[slot] ?? NONE;
    }
    if (slot === NONE) {
      if (this.#lateCalls.get(user)?.delete(call) !== true) return 'none';
      this.#late -= 1;
      return 'late';
    }
    this.#taken = before === NONE ? this.#removeOldest(user) : this.#removeAfter(user, before);
    return 'waiting';
  }

  /** Gives up a user's sends that were intended at or before a time, and says how many. */
  giveUp(user: number, intendedUntil: number): number {
    let count = 0;
    for (let slot = this.#oldest[user] ?? NONE; slot !== NONE; slot = this.#oldest[user] ?? NONE) {
      if ((this.#intendedTimes[slot] ?? 0) > intendedUntil) break;
      this.#removeOldest(user);
      this.#expectLate(user, this.#calls[slot] ?? NO_CALL);
      count += 1;
    }
    return count;
  }

  /** Forgets a user whose connection ended, and says how many sends were waiting. */
  drop(user: number): number {
    const count = this.giveUp(user, Number.POSITIVE_INFINITY);
    this.#givenUp[user] = 0;
    this.#forgetLate(user);
    return count;
  }

  #expectLate(user: number, call: number): void {
    if (call === NO_CALL) {
      this.#givenUp[user] = (this.#givenUp[user] ?? 0) + 1;
      return;
    }
    const calls = this.#lateCalls.get(user) ?? new Set();
    this.#lateCalls.set(user, calls.add(call));
    this.#late += 1;
    if (this.#late > MOST_LATE) this.#forgetLate(user);
  }

  #forgetLate(user: number): void {
    this.#late -= this.#lateCalls.get(user)?.size ?? 0;
    this.#lateCalls.delete(user);
  }

  #removeOldest(user: number): number {
    const slot = this.#oldest[user] ?? NONE;
    const younger = this.#next[slot] ?? NONE;
    this.#oldest[user] = younger;
    if (younger === NONE) this.#youngest[user] = NONE;
    return this.#release(slot);
  }

  #removeAfter(user: number, before: number): number {
    const slot = this.#next[before] ?? NONE;
    const younger = this.#next[slot] ?? NONE;
    this.#next[before] = younger;
    if (younger === NONE) this.#youngest[user] = before;
    return this.#release(slot);
  }

  #release(slot: number): number {
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
    this.#calls = copyOf(this.#calls, new Int32Array(after));
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
