/** Messages under way, by number. Flat arrays: a message is no object. */

/** More than ever are under way at once; a power of two. */
const SLOTS = 1 << 17;

/** States beside the number of answers still missing. */
const DONE = 0;
const GIVEN_UP = -1;

/** What became of messages. */
export interface Tally {
  sent: number;
  answered: number;
  dropped: number;
  lost: number;
  duplicated: number;
}

/** Counts messages from their sending to their last answer. */
export class Flights {
  readonly tally: Tally = { sent: 0, answered: 0, dropped: 0, lost: 0, duplicated: 0 };
  readonly #parts: number;
  readonly #missing = new Int16Array(SLOTS);
  readonly #intended = new Float64Array(SLOTS);
  #next = 0;

  /** Each message is answered when so many parts of its answer are there. */
  constructor(parts: number) {
    this.#parts = parts;
  }

  /** Number of the next message. */
  get next(): number {
    return this.#next;
  }

  /** Messages neither answered nor given up. */
  get underWay(): number {
    const { sent, answered, dropped, lost } = this.tally;
    return sent - answered - dropped - lost;
  }

  /** Notes a message that is being sent. Gives its number. */
  send(intended: number): number {
    const number = this.#next;
    const slot = number % SLOTS;
    if (this.#missingAt(slot) > 0) this.tally.lost += 1;
    this.#missing[slot] = this.#parts;
    this.#intended[slot] = intended;
    this.#next += 1;
    this.tally.sent += 1;
    return number;
  }

  /** Takes one part of an answer. Gives the intended time of the message when it was the last part, else NaN. */
  take(number: number): number {
    const slot = this.#slotOf(number);
    if (slot === undefined) return Number.NaN;
    const missing = this.#missingAt(slot);
    if (missing === DONE) this.tally.duplicated += 1;
    if (missing <= 0) return Number.NaN;
    this.#missing[slot] = missing - 1;
    if (missing > 1) return Number.NaN;
    this.tally.answered += 1;
    return this.#intended[slot] ?? Number.NaN;
  }

  /** Notes that the server refused a message. */
  drop(number: number): void {
    const slot = this.#slotOf(number);
    if (slot === undefined || this.#missingAt(slot) <= 0) return;
    this.#missing[slot] = GIVEN_UP;
    this.tally.dropped += 1;
  }

  /** Gives up on all messages that are under way: they are lost. */
  giveUp(): void {
    for (let number = Math.max(0, this.#next - SLOTS); number < this.#next; number += 1) {
      const slot = number % SLOTS;
      if (this.#missingAt(slot) <= 0) continue;
      this.#missing[slot] = GIVEN_UP;
      this.tally.lost += 1;
    }
  }

  /** Undefined for a number that was never sent, or so long ago that nothing is known of it. */
  #slotOf(number: number): number | undefined {
    return number < this.#next && number >= this.#next - SLOTS ? number % SLOTS : undefined;
  }

  #missingAt(slot: number): number {
    return this.#missing[slot] ?? DONE;
  }
}
