/**
 * A stream over a bus that forgets: every piece has a number, is kept until the other side has told that it has come,
 * and is said again when that takes too long. So each message arrives once and in order, however often the bus drops,
 * doubles or delays what it carries. Pure: time is passed in.
 */

/** A piece of a message. */
export interface Piece {
  /** Its number in the stream, from 0. */
  n: number;
  text: string;
  /** Whether the message goes on in the next piece. */
  more: boolean;
}

/** Characters of a piece. In the worst case three bytes each: below NATS's usual limit of a megabyte. */
export const MOST_CHARACTERS = 250_000;

/** How long the other side may take to tell that something has come, milliseconds. */
export const RESEND_AFTER_MS = 1_200;

/** Pieces said again at once: whoever has missed one has dropped all that came after it. */
const MOST_AT_ONCE = 64;

/** The end that speaks. */
export class Outgoing {
  #next = 0;
  #kept: Piece[] = [];
  #saidAt = 0;

  /** Takes a message and returns its pieces, to be said now. */
  take(text: string, nowMs: number): Piece[] {
    if (this.#kept.length === 0) this.#saidAt = nowMs;
    const count = Math.max(1, Math.ceil(text.length / MOST_CHARACTERS));
    const pieces = Array.from({ length: count }, (_, part) => ({
      n: this.#next + part,
      text: text.slice(part * MOST_CHARACTERS, (part + 1) * MOST_CHARACTERS),
      more: part < count - 1,
    }));
    this.#next += count;
    this.#kept.push(...pieces);
    return pieces;
  }

  /** Forgets all pieces below a number: they have come. */
  forget(below: number, nowMs: number): void {
    const left = this.#kept.filter(({ n }) => n >= below);
    if (left.length === this.#kept.length) return;
    this.#kept = left;
    this.#saidAt = nowMs;
  }

  /** Pieces to be said again by now. */
  overdue(nowMs: number): Piece[] {
    return nowMs - this.#saidAt < RESEND_AFTER_MS ? [] : this.again(nowMs);
  }

  /** Pieces to be said again because the line is new. */
  again(nowMs: number): Piece[] {
    this.#saidAt = nowMs;
    return this.#kept.slice(0, MOST_AT_ONCE);
  }

  /** Whether the other side has everything. */
  get isDone(): boolean {
    return this.#kept.length === 0;
  }
}

/** The end that hears. */
export class Incoming {
  #next = 0;
  #parts: string[] = [];

  /** Number of the piece that is wanted next: all below it have come. */
  get wanted(): number {
    return this.#next;
  }

  /** Takes a piece; returns a message when it is whole. What came before, or comes too early, is dropped. */
  take({ n, text, more }: Piece): string | undefined {
    if (n !== this.#next) return undefined;
    this.#next += 1;
    this.#parts.push(text);
    if (more) return undefined;
    const whole = this.#parts.join('');
    this.#parts = [];
    return whole;
  }
}
