/** What is counted, ever growing. */
export interface Totals {
  /** HTTP requests. */
  http: number;
  /** Messages of clients. */
  ws: number;
}

const MINUTE_MS = 60_000;

/** Figures per minute, over spans of a fixed length. */
export class Rates {
  readonly #timer: NodeJS.Timeout;
  #last: Totals;
  #perMinute: Totals = { http: 0, ws: 0 };

  /** @param spanMs Length of a span, milliseconds. */
  constructor(read: () => Totals, spanMs: number) {
    this.#last = read();
    this.#timer = setInterval(() => this.#endSpan(read(), MINUTE_MS / spanMs), spanMs);
    this.#timer.unref();
  }

  /** Of the last span that has ended; zero before the first has. */
  get perMinute(): Readonly<Totals> {
    return this.#perMinute;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #endSpan(totals: Totals, factor: number): void {
    this.#perMinute = {
      http: Math.round((totals.http - this.#last.http) * factor),
      ws: Math.round((totals.ws - this.#last.ws) * factor),
    };
    this.#last = totals;
  }
}
