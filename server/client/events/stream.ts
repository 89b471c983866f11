/** Publications of a channel on their way to one consumer, in a queue that has an end. */

/** Publications that may wait for a consumer; the oldest give way to the newest. */
export const STREAM_CAPACITY = 1_000;

export class Stream<Data> implements AsyncIterableIterator<Data> {
  readonly #capacity: number;
  readonly #closed: () => void;
  #waiting: Data[] = [];
  #consumers: ((result: IteratorResult<Data, undefined>) => void)[] = [];
  #isEnded = false;
  #lost = 0;

  /** @param closed Called once, when nobody reads any more or there is nothing more to read. */
  constructor(capacity: number, closed: () => void) {
    this.#capacity = capacity;
    this.#closed = closed;
  }

  /** Publications that gave way because the consumer was too slow. */
  get lost(): number {
    return this.#lost;
  }

  push(data: Data): void {
    const consumer = this.#consumers.shift();
    if (consumer !== undefined) {
      consumer({ value: data, done: false });
      return;
    }
    this.#waiting.push(data);
    if (this.#waiting.length > this.#capacity) {
      this.#waiting.shift();
      this.#lost += 1;
    }
  }

  /** Ends the stream: what waits is still read. */
  end(): void {
    if (this.#isEnded) {
      return;
    }
    this.#isEnded = true;
    this.#closed();
    for (const consumer of this.#consumers.splice(0)) {
      consumer({ value: undefined, done: true });
    }
  }

  next(): Promise<IteratorResult<Data, undefined>> {
    if (this.#waiting.length > 0) {
      return Promise.resolve({ value: this.#waiting.shift() as Data, done: false });
    }
    if (this.#isEnded) {
      return Promise.resolve({ value: undefined, done: true });
    }
    return new Promise((resolve) => this.#consumers.push(resolve));
  }

  /** Called by `for await` when the loop is left: nobody reads what waits. */
  return(): Promise<IteratorResult<Data, undefined>> {
    this.#waiting = [];
    this.end();
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
