/**
 * All subscriptions of a load process, numbers from 0: 32 bytes each. Who subscribes to what is known beforehand;
 * whether it is subscribed just now, and how far it has come, is what changes.
 */

/** Time of confirmation of a subscription that is not there. */
const NONE = Number.NaN;

/** Where each subscription stands. */
export class Subscriptions {
  /** Index of the log entry expected next. */
  readonly positions: Uint32Array;
  /** Index of the log entry that came next when the subscription was asked for. */
  readonly starts: Uint32Array;
  /** Index of the log entry that came next when the subscription was confirmed. */
  readonly expectedFrom: Uint32Array;
  /** Seconds; infinite while it is asked for, NaN while it is not there. */
  readonly confirmedAt: Float64Array;
  readonly #users: Int32Array;
  readonly #channels: Int32Array;
  /** First subscription of each user, and the end of the last one's. */
  readonly #firstOfUser: Uint32Array;
  readonly #byChannel: Uint32Array;
  readonly #firstOfChannel: Uint32Array;

  /** `channelsOf` tells the different channels of a user, in whatever order. */
  constructor(users: number, channelsOf: (user: number) => readonly number[]) {
    this.#firstOfUser = new Uint32Array(users + 1);
    for (let user = 0; user < users; user += 1) {
      this.#firstOfUser[user + 1] = (this.#firstOfUser[user] ?? 0) + channelsOf(user).length;
    }
    const count = this.#firstOfUser[users] ?? 0;
    this.positions = new Uint32Array(count);
    this.starts = new Uint32Array(count);
    this.expectedFrom = new Uint32Array(count);
    this.confirmedAt = new Float64Array(count).fill(NONE);
    this.#users = new Int32Array(count);
    this.#channels = new Int32Array(count);
    for (let user = 0; user < users; user += 1) {
      const [first, end] = this.rangeOf(user);
      this.#users.fill(user, first, end);
      this.#channels.set(channelsOf(user), first);
      this.#channels.subarray(first, end).sort();
    }
    const channels = this.#channels.reduce((most, channel) => Math.max(most, channel + 1), 0);
    this.#firstOfChannel = new Uint32Array(channels + 1);
    this.#byChannel = Uint32Array.from(this.#channels.keys()).sort(
      (one, other) => this.channelOf(one) - this.channelOf(other),
    );
    for (const channel of this.#channels) bump(this.#firstOfChannel, channel + 1);
    for (let channel = 0; channel < channels; channel += 1) {
      bump(this.#firstOfChannel, channel + 1, this.#firstOfChannel[channel]);
    }
  }

  /** How many there can be. */
  get count(): number {
    return this.positions.length;
  }

  /** First subscription of a user, and the one after its last. */
  rangeOf(user: number): [first: number, end: number] {
    return [this.#firstOfUser[user] ?? 0, this.#firstOfUser[user + 1] ?? 0];
  }

  userOf(subscription: number): number {
    return this.#users[subscription] ?? 0;
  }

  channelOf(subscription: number): number {
    return this.#channels[subscription] ?? 0;
  }

  /** Finds the subscription of a user to a channel; -1 when it is to have none. */
  find(user: number, channel: number): number {
    let low = this.#firstOfUser[user] ?? 0;
    let high = (this.#firstOfUser[user + 1] ?? 0) - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.#channels[middle] ?? 0;
      if (found === channel) return middle;
      if (found < channel) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** All subscriptions to a channel, whether or not they are there. */
  to(channel: number): Uint32Array {
    const { [channel]: first = 0, [channel + 1]: end = 0 } = this.#firstOfChannel;
    return this.#byChannel.subarray(first, end);
  }

  isConfirmed(subscription: number): boolean {
    return Number.isFinite(this.confirmedAt[subscription]);
  }

  /** Whether it is confirmed, or asked for. */
  isThere(subscription: number): boolean {
    return !Number.isNaN(this.confirmedAt[subscription]);
  }
}

function bump(counts: Uint32Array, place: number, by = 1): void {
  counts[place] = (counts[place] ?? 0) + by;
}
