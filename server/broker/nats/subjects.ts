/**
 * NATS subjects of one cluster. All begin with `sc.` and the cluster's name, so that clusters do not hear each other and
 * an account needs rights for `sc.NAME.>` alone.
 */
import { createHash } from 'node:crypto';

/**
 * Longest channel name that is written out, bytes of UTF-8. NATS takes lines of 4 KiB and keeps subjects in memory;
 * longer names stand as their digest.
 */
const MAX_WRITTEN_BYTES = 150;

export class Subjects {
  /** What concerns every broker of every other host. */
  readonly all: string;
  /** What workers tell of sessions. */
  readonly told: string;
  readonly #root: string;

  /** @param cluster Letters, digits, `_` and `-`. */
  constructor(cluster: string) {
    this.#root = `sc.${cluster}`;
    this.all = `${this.#root}.all`;
    this.told = `${this.#root}.told`;
  }

  /** What is meant for one broker alone. */
  one(broker: string): string {
    return `${this.#root}.one.${broker}`;
  }

  /** Publications of a channel. Any name is legal: subjects take letters and digits, and no empty part. */
  channel(name: string): string {
    const bytes = Buffer.from(name);
    return bytes.length <= MAX_WRITTEN_BYTES
      ? `${this.#root}.channel.n${bytes.toString('base64url')}`
      : `${this.#root}.channel.d${createHash('sha256').update(bytes).digest('base64url')}`;
  }
}
