/** Promises that all end together: what a user waits for when its connection is over comes no more. */

interface Wait {
  reject: (reason: unknown) => void;
  timer: NodeJS.Timeout | undefined;
}

/** The waits of one user on one connection. */
export class Waits {
  readonly #waits = new Set<Wait>();
  #ended: Error | undefined;

  /**
   * Waits until `begin` calls `resolve` or `reject`, or so many seconds have passed and `late` decided. Nothing
   * happens in time when `seconds` is undefined.
   */
  start<Value>(
    begin: (resolve: (value: Value) => void, reject: (reason: unknown) => void) => void,
    late?: {
      seconds: number;
      decide: (resolve: (value: Value) => void, reject: (reason: unknown) => void) => void;
    },
  ): Promise<Value> {
    const promise = new Promise<Value>((resolve, reject) => {
      if (this.#ended !== undefined) return reject(this.#ended);
      const wait: Wait = { reject, timer: undefined };
      const settle =
        <Result>(how: (result: Result) => void) =>
        (result: Result): void => {
          clearTimeout(wait.timer);
          this.#waits.delete(wait);
          how(result);
        };
      const [good, bad] = [settle(resolve), settle(reject)];
      if (late !== undefined) wait.timer = setTimeout(() => late.decide(good, bad), late.seconds * 1000);
      this.#waits.add(wait);
      begin(good, bad);
    });
    // Nobody has to wait for it: a rejection that nobody hears must not end the process.
    promise.catch(() => undefined);
    return promise;
  }

  /** Rejects all waits, and all that are started from now on. */
  end(reason: Error): void {
    this.#ended = reason;
    for (const { reject, timer } of this.#waits) {
      clearTimeout(timer);
      reject(reason);
    }
    this.#waits.clear();
  }
}
