/**
 * The publications of one channel in the order in which this process first saw them: a ring of numbers. An entry
 * keeps its index for ever; entries nobody has to wait for any more make room for new ones.
 */

/** Numbers of one entry, in this order. */
const fields = {
  publisher: 0,
  sequence: 1,
  intended: 2,
  /** Subscriptions that were there when it came; 0 once its spread has been told. */
  expected: 3,
  delivered: 4,
  first: 5,
  median: 6,
  last: 7,
} as const;
const STRIDE = 8;

const FIRST_CAPACITY = 16;

/** Most entries kept for subscriptions that lag behind. */
export const MOST_ENTRIES = 65_536;

/** How a publication spread over the subscribers of this process: seconds from its intended time to its deliveries. */
export interface Spread {
  channel: number;
  publisher: number;
  sequence: number;
  /** Subscribers it reached. */
  delivered: number;
  first: number;
  median: number;
  last: number;
}

/** Takes what a publication came to when it has reached all, or nobody waits for the rest of it. */
export type TellSpread = (spread: Spread) => void;

/** A publication that was seen before an earlier one of its publisher: its index and its sequence number. */
export interface Overtaker {
  index: number;
  sequence: number;
}

/** The log of one channel. */
export class ChannelLog {
  /** Index of the oldest entry. */
  head = 0;
  /** Index of the next entry. */
  tail = 0;
  /** Entries that came after later ones of the same publisher, with these. Nearly always empty. */
  readonly disordered = new Map<number, readonly Overtaker[]>();
  readonly #channel: number;
  readonly #tellSpread: TellSpread;
  #numbers = new Float64Array(FIRST_CAPACITY * STRIDE);
  #mask = FIRST_CAPACITY - 1;

  constructor(channel: number, tellSpread: TellSpread) {
    this.#channel = channel;
    this.#tellSpread = tellSpread;
  }

  get capacity(): number {
    return this.#mask + 1;
  }

  get isFull(): boolean {
    return this.tail - this.head > this.#mask;
  }

  /** Adds an entry and tells its index. The log is not full. */
  append(publisher: number, sequence: number, intended: number, expected: number): number {
    const index = this.tail;
    this.tail += 1;
    const at = (index & this.#mask) * STRIDE;
    this.#numbers.fill(0, at, at + STRIDE);
    this.#numbers[at + fields.publisher] = publisher;
    this.#numbers[at + fields.sequence] = sequence;
    this.#numbers[at + fields.intended] = intended;
    this.#numbers[at + fields.expected] = expected;
    return index;
  }

  /** Whether an entry is a certain publication. */
  is(index: number, publisher: number, sequence: number): boolean {
    if (index >= this.tail || index < this.head) return false;
    const at = (index & this.#mask) * STRIDE;
    return this.#numbers[at + fields.sequence] === sequence && this.#numbers[at] === publisher;
  }

  /** Finds a publication, first among the entries from `near` on. -1 when it is not there. */
  indexOf(publisher: number, sequence: number, near: number): number {
    for (let index = near; index < this.tail; index += 1)
      if (this.is(index, publisher, sequence)) return index;
    for (let index = near - 1; index >= this.head; index -= 1) {
      if (this.is(index, publisher, sequence)) return index;
    }
    return -1;
  }

  publisherOf(index: number): number {
    return this.#read(index, fields.publisher);
  }

  sequenceOf(index: number): number {
    return this.#read(index, fields.sequence);
  }

  intendedOf(index: number): number {
    return this.#read(index, fields.intended);
  }

  /** Counts one delivery of an entry; the last one expected tells its spread. */
  deliver(index: number, time: number): void {
    const at = (index & this.#mask) * STRIDE;
    const numbers = this.#numbers;
    const delivered = (numbers[at + fields.delivered] ?? 0) + 1;
    const expected = numbers[at + fields.expected] ?? 0;
    numbers[at + fields.delivered] = delivered;
    numbers[at + fields.last] = time;
    if (delivered === 1) numbers[at + fields.first] = time;
    if (2 * delivered <= expected + 1) numbers[at + fields.median] = time;
    if (delivered === expected) this.#tell(index);
  }

  /** One subscription less is expected to have an entry; when all others have it, its spread is told. */
  forgo(index: number): void {
    const expected = this.#read(index, fields.expected);
    if (expected === this.#read(index, fields.delivered) + 1) this.#tell(index);
    else if (expected > 0) this.#numbers[(index & this.#mask) * STRIDE + fields.expected] = expected - 1;
  }

  /** Doubles the room. */
  grow(): void {
    const before = this.#numbers;
    const beforeMask = this.#mask;
    this.#numbers = new Float64Array(before.length * 2);
    this.#mask = beforeMask * 2 + 1;
    for (let index = this.head; index < this.tail; index += 1) {
      const from = (index & beforeMask) * STRIDE;
      this.#numbers.set(before.subarray(from, from + STRIDE), (index & this.#mask) * STRIDE);
    }
  }

  /** Drops all entries before an index. Those that did not reach all they were expected to reach tell what they did. */
  dropUntil(index: number): void {
    for (; this.head < index; this.head += 1) {
      this.#tell(this.head);
      if (this.disordered.size > 0) this.disordered.delete(this.head);
    }
  }

  #tell(index: number): void {
    const at = (index & this.#mask) * STRIDE;
    if (this.#read(index, fields.expected) === 0 || this.#read(index, fields.delivered) === 0) return;
    const intended = this.#read(index, fields.intended);
    this.#numbers[at + fields.expected] = 0;
    this.#tellSpread({
      channel: this.#channel,
      publisher: this.publisherOf(index),
      sequence: this.sequenceOf(index),
      delivered: this.#read(index, fields.delivered),
      first: this.#read(index, fields.first) - intended,
      median: this.#read(index, fields.median) - intended,
      last: this.#read(index, fields.last) - intended,
    });
  }

  #read(index: number, field: number): number {
    return this.#numbers[(index & this.#mask) * STRIDE + field] ?? Number.NaN;
  }
}
