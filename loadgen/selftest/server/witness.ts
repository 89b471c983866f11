/** What a server knows of its own delays: those it really gave, whatever it was to give. */
import { createHistogram, type Histogram } from '../../results/index.ts';

/** A stretch of time, milliseconds since the epoch. */
export interface Span {
  from: number;
  until: number;
}

/** Records the delays that were given within a span. */
export class Witness {
  readonly #span: Span;
  readonly #delays: Histogram = createHistogram();
  readonly #byWorker = new Map<number, Histogram>();

  constructor(span: Span) {
    this.#span = span;
  }

  /** A worker's answer left at a time, milliseconds since the epoch, after so long. */
  record(worker: number, at: number, delayMs: number): void {
    if (at < this.#span.from || at >= this.#span.until) return;
    this.#delays.record(delayMs * 1000);
    let own = this.#byWorker.get(worker);
    if (own === undefined) {
      own = createHistogram();
      this.#byWorker.set(worker, own);
    }
    own.record(delayMs * 1000);
  }

  /** Reads shares, 0 to 1 each, of all answers or of one worker's. */
  tell(shares: readonly number[], worker?: number): number[] {
    const delays = worker === undefined ? this.#delays : this.#byWorker.get(worker);
    return delays === undefined || delays.count === 0
      ? []
      : shares.map((share) => delays.quantile(share) / 1000);
  }
}
