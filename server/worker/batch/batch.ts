/**
 * Frames of one client that wait to leave as one array. However long it is to wait, a batch goes when it has
 * become large: what waits here is not seen by the limits of the outbox.
 */
import { MAX_BATCH } from '../../protocol/index.ts';

/** Bytes with which a batch is large. */
const LARGE = 65_536;

export class Batch {
  /** Time from the first frame to the leaving, milliseconds; undefined: until `flush`. */
  waitMs: number | undefined;
  readonly #send: (frames: Buffer[]) => void;
  #frames: Buffer[] = [];
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param send Sends at least one frame. */
  constructor(send: (frames: Buffer[]) => void, waitMs?: number) {
    this.#send = send;
    this.waitMs = waitMs;
  }

  add(frame: Buffer): void {
    this.#frames.push(frame);
    this.#bytes += frame.length;
    if (this.#frames.length >= MAX_BATCH || this.#bytes >= LARGE) {
      this.flush();
    } else if (this.waitMs !== undefined) {
      this.#timer ??= setTimeout(this.flush, this.waitMs).unref();
    }
  }

  /** Sends what waits. */
  readonly flush = (): void => {
    const frames = this.#frames;
    this.drop();
    if (frames.length > 0) {
      this.#send(frames);
    }
  };

  /** Forgets what waits. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#frames = [];
    this.#bytes = 0;
  }
}
