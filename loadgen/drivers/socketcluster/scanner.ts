/**
 * Reads known text in place. The hot path knows beforehand how nearly every message looks, so comparing
 * bytes and reading digits replaces decoding, parsing and the objects these would leave behind.
 */
export class Scanner {
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #end = 0;

  /** Starts over with the bytes from `start` to `end`. */
  reset(bytes: Buffer, start: number, end: number): void {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
  }

  /** True when nothing is left. */
  get isAtEnd(): boolean {
    return this.#at === this.#end;
  }

  /** Moves behind `text` if it comes next, and says whether it did. */
  take(text: Uint8Array): boolean {
    if (this.#end - this.#at < text.length) return false;
    for (let index = 0; index < text.length; index += 1) {
      if (this.#bytes[this.#at + index] !== text[index]) return false;
    }
    this.#at += text.length;
    return true;
  }

  /** Reads the digits that come next as an integer; NaN when none comes or the integer is not exact. */
  takeInteger(): number {
    const start = this.#at;
    let value = 0;
    while (this.#at < this.#end) {
      const digit = (this.#bytes[this.#at] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
      this.#at += 1;
    }
    return this.#at === start || value > Number.MAX_SAFE_INTEGER ? Number.NaN : value;
  }

  /** Moves behind the next `byte` and says whether there was one. */
  skipPast(byte: number): boolean {
    for (let at = this.#at; at < this.#end; at += 1) {
      if (this.#bytes[at] !== byte) continue;
      this.#at = at + 1;
      return true;
    }
    return false;
  }
}
