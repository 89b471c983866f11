/** Which channels the users of a load process ever asked for: what is published in another one, none of them can hear. */

/** Most channels that are remembered. With more, any may be one of the others. */
const MOST_CHANNELS = 65_536;

/** The channels of all users. */
export class Audience {
  readonly #asked = new Set<string>();

  /** A user asks for a channel. */
  ask(channel: string): void {
    if (this.#asked.size < MOST_CHANNELS) this.#asked.add(channel);
  }

  /** Whether anybody may hear what is published in a channel. */
  mayHear(channel: string): boolean {
    return this.#asked.size === MOST_CHANNELS || this.#asked.has(channel);
  }
}
