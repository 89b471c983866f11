/** Times of one kind, from close to close. */
import { createHistogram, type Histogram } from '../../results/index.ts';

/** Times of one kind. Takes memory only once it is used. */
export class Distribution {
  #open: Histogram | undefined;
  /** What was closed last; empty once it is encoded. */
  #closed: Histogram | undefined;

  record(seconds: number): void {
    this.#open ??= createHistogram();
    this.#open.record(seconds * 1e6);
  }

  /**
   * What is recorded from now on is apart from what was. Says whether anything was: then it waits to be encoded,
   * which is to happen before it is closed again.
   */
  close(): boolean {
    if (this.#open === undefined || this.#open.count === 0) return false;
    [this.#open, this.#closed] = [this.#closed, this.#open];
    return true;
  }

  /** Encodes what was closed last, once. */
  encode(): string {
    if (this.#closed === undefined) throw new TypeError('Cannot encode a distribution: it was never closed');
    const encoded = this.#closed.encode();
    this.#closed.reset();
    return encoded;
  }
}
