/** Times of one kind, from cut to cut. */
import { createHistogram, type Histogram } from '../../results/index.ts';

/** Times of one kind. Takes memory only once it is used. */
export class Distribution {
  #histogram: Histogram | undefined;

  record(seconds: number): void {
    this.#histogram ??= createHistogram();
    this.#histogram.record(seconds * 1e6);
  }

  /** Encodes what was recorded since the last cut; undefined when that is nothing. */
  cut(): string | undefined {
    if (this.#histogram === undefined || this.#histogram.count === 0) return undefined;
    const encoded = this.#histogram.encode();
    this.#histogram.reset();
    return encoded;
  }
}
