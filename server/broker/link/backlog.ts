import type { FrameType } from './frame.ts';

/** A frame that waits for its link. */
export interface Waiting {
  readonly type: FrameType;
  /** Id of its call; 0 when nobody waits for it. */
  readonly id: number;
  readonly channel: string;
  readonly payload: Uint8Array;
  /** Monotonic time it came in, milliseconds. */
  readonly since: number;
}

/** What was to be sent while a link is away, oldest first, within a limit of bytes. */
export class Backlog {
  readonly #maxBytes: number;
  #waiting: Waiting[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Keeps a copy; false when there is no room for it. */
  add(type: FrameType, id: number, channel: string, payload: Uint8Array): boolean {
    const bytes = channel.length + payload.length;
    if (this.#bytes + bytes > this.#maxBytes) {
      return false;
    }
    this.#bytes += bytes;
    this.#waiting.push({ type, id, channel, payload: Buffer.from(payload), since: performance.now() });
    return true;
  }

  /** Gives all of it and is empty. */
  take(): Waiting[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#bytes = 0;
    return waiting;
  }

  /** Drops what is older than this and returns it. */
  expire(timeoutMs: number): Waiting[] {
    const oldest = performance.now() - timeoutMs;
    const young = this.#waiting.findIndex(({ since }) => since > oldest);
    const expired = this.#waiting.splice(0, young === -1 ? this.#waiting.length : young);
    for (const { channel, payload } of expired) {
      this.#bytes -= channel.length + payload.length;
    }
    return expired;
  }
}
