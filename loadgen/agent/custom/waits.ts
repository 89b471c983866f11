/** Promises that all end together: what a user waits for when its connection is over comes no more. */

/**
 * How long whoever goes on after the end waits for each refusal, milliseconds. Refused at once, a loop that passes over
 * errors would leave nobody else a turn.
 */
const REFUSED_AFTER_MS = 100;

/** Longest time that Node's timers know; a longer one would ring at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

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
    if (this.#ended !== undefined) return this.refuse(this.#ended);
    const promise = new Promise<Value>((resolve, reject) => {
      const wait: Wait = { reject, timer: undefined };
      const settle =
        <Result>(how: (result: Result) => void) =>
        (result: Result): void => {
          clearTimeout(wait.timer);
          this.#waits.delete(wait);
          how(result);
        };
      const [good, bad] = [settle(resolve), settle(reject)];
      if (late !== undefined) {
        const milliseconds = Math.min(late.seconds * 1000, LONGEST_TIMER_MS);
        wait.timer = setTimeout(() => late.decide(good, bad), milliseconds);
      }
      this.#waits.add(wait);
      begin(good, bad);
    });
    // Nobody has to wait for it: a rejection that nobody hears must not end the process.
    promise.catch(() => undefined);
    return promise;
  }

  /** Rejects what nobody can have any more, after a while. */
  refuse(reason: Error): Promise<never> {
    const promise = new Promise<never>((_resolve, reject) => {
      setTimeout(() => reject(reason), REFUSED_AFTER_MS).unref();
    });
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
