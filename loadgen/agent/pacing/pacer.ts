/**
 * Who is due next, for all users of a load process: a wheel of one-millisecond buckets, each an ordered
 * list threaded through one array. Scheduling and firing cost the same for ten users or ten thousand.
 * It reads no clock and sets no timer.
 */

/** Buckets in the wheel, a power of two. Later items wait in their bucket for a later turn, about 8 s each. */
const BUCKETS = 8_192;
const NONE = -1;

/** Keeps one due time for each item, and fires items in the order of these times. */
export class Pacer {
  readonly #heads = new Int32Array(BUCKETS).fill(NONE);
  readonly #tails = new Int32Array(BUCKETS).fill(NONE);
  readonly #next: Int32Array;
  readonly #due: Float64Array;
  /** The millisecond the wheel stands at: everything before it has fired. */
  #tick = 0;
  #size = 0;

  /** Items are numbers below `items`. */
  constructor(items: number) {
    this.#next = new Int32Array(items).fill(NONE);
    this.#due = new Float64Array(items);
  }

  /** Items scheduled and not yet fired. */
  get size(): number {
    return this.#size;
  }

  /** Makes an item due at a time in seconds, also in the past. An item is scheduled once at a time. */
  schedule(item: number, due: number): void {
    const bucket = Math.max(tickOf(due), this.#tick) & (BUCKETS - 1);
    this.#due[item] = due;
    this.#size += 1;
    const tail = this.#at(this.#tails, bucket);
    if (tail === NONE || this.#dueOf(tail) <= due) this.#append(item, bucket, tail);
    else this.#insert(item, bucket, due);
  }

  /** Takes an item back; nothing happens when it is not scheduled. */
  cancel(item: number): void {
    const due = this.#dueOf(item);
    // Up to the tick the wheel stands at all buckets are empty, but for what was due in the past when it came.
    for (const tick of [tickOf(due), this.#tick]) if (this.#remove(item, tick & (BUCKETS - 1))) return;
  }

  /**
   * Fires everything due up to `now`, in order of time. `fire` may schedule the item again: when that
   * is due up to `now` as well, it fires in the same call.
   */
  runDue(now: number, fire: (item: number, due: number) => void): void {
    const last = tickOf(now);
    for (;;) {
      for (let item = this.#takeDue(now); item !== NONE; item = this.#takeDue(now)) {
        fire(item, this.#dueOf(item));
      }
      if (this.#tick >= last) return;
      this.#tick = this.#size === 0 ? last : this.#tick + 1;
    }
  }

  /** Time of the next item due before `until`; `until` when there is none, or none within a turn of the wheel. */
  nextDue(until: number): number {
    const last = Math.min(Math.max(tickOf(until), this.#tick), this.#tick + BUCKETS - 1);
    for (let tick = this.#tick; tick <= last; tick += 1) {
      const head = this.#at(this.#heads, tick & (BUCKETS - 1));
      if (head !== NONE && tickOf(this.#dueOf(head)) <= tick) return Math.min(this.#dueOf(head), until);
    }
    return until;
  }

  #takeDue(now: number): number {
    const bucket = this.#tick & (BUCKETS - 1);
    const item = this.#at(this.#heads, bucket);
    if (item === NONE) return NONE;
    const due = this.#dueOf(item);
    // What is due in a later turn of the wheel waits for it, even when the wheel has to catch up.
    if (due > now || tickOf(due) > this.#tick) return NONE;
    const next = this.#at(this.#next, item);
    this.#heads[bucket] = next;
    if (next === NONE) this.#tails[bucket] = NONE;
    this.#size -= 1;
    return item;
  }

  #remove(item: number, bucket: number): boolean {
    let before = NONE;
    let at = this.#at(this.#heads, bucket);
    while (at !== NONE && at !== item) {
      before = at;
      at = this.#at(this.#next, at);
    }
    if (at === NONE) return false;
    const next = this.#at(this.#next, item);
    if (before === NONE) this.#heads[bucket] = next;
    else this.#next[before] = next;
    if (next === NONE) this.#tails[bucket] = before;
    this.#size -= 1;
    return true;
  }

  #append(item: number, bucket: number, tail: number): void {
    if (tail === NONE) this.#heads[bucket] = item;
    else this.#next[tail] = item;
    this.#tails[bucket] = item;
    this.#next[item] = NONE;
  }

  /** Puts an item before the first one due later. There is one: the tail was looked at before. */
  #insert(item: number, bucket: number, due: number): void {
    let before = NONE;
    let after = this.#at(this.#heads, bucket);
    while (this.#dueOf(after) <= due) {
      before = after;
      after = this.#at(this.#next, after);
    }
    this.#next[item] = after;
    if (before === NONE) this.#heads[bucket] = item;
    else this.#next[before] = item;
  }

  #at(list: Int32Array, index: number): number {
    return list[index] ?? NONE;
  }

  #dueOf(item: number): number {
    return this.#due[item] ?? Number.POSITIVE_INFINITY;
  }
}

function tickOf(seconds: number): number {
  return Math.floor(seconds * 1000);
}
