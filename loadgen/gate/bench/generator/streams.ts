/** The order in which publications reach each subscriber. Each has one channel, and each channel one publisher. */

/** What a delivery is to its subscriber. */
export type Delivery = 'new' | 'duplicated' | 'reordered';

/** Follows the sequence of publications of every subscriber. */
export class Streams {
  readonly #next: Float64Array;
  /** Numbers that were jumped over. Empty as long as all is well. */
  readonly #jumped = new Map<number, Set<number>>();

  /** Subscribers are numbers below `users`. */
  constructor(users: number) {
    this.#next = new Float64Array(users);
  }

  /** Takes the delivery of a publication by its place in its channel, from 0. */
  take(user: number, sequence: number): Delivery {
    const next = this.#next[user] ?? 0;
    if (sequence < next)
      return this.#jumped.get(user)?.delete(sequence) === true ? 'reordered' : 'duplicated';
    for (let missed = next; missed < sequence; missed += 1) this.#jump(user, missed);
    this.#next[user] = sequence + 1;
    return 'new';
  }

  #jump(user: number, sequence: number): void {
    const jumped = this.#jumped.get(user) ?? new Set();
    this.#jumped.set(user, jumped.add(sequence));
  }
}
