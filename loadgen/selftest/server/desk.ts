/** Where answers wait for their time. They leave within some microseconds of it, at the price of half a core. */
import { performance } from 'node:perf_hooks';

/** Whom an answer goes to. */
export interface Recipient {
  write(bytes: Buffer): unknown;
}

interface Answer {
  /** On the clock of `performance.now()`, as `readAt`. */
  dueAt: number;
  readAt: number;
  /** Number of the worker that answers. */
  worker: number;
  recipient: Recipient;
  bytes: Buffer;
}

/** Told of each answer: whose it was, when its question was read, and when it left. */
export type Left = (worker: number, readAt: number, at: number) => void;

/** Longest nap of a server that waits awake: it reads nothing meanwhile. */
const NAP_MS = 0.05;

/** Nobody ever wakes who waits for this. */
const never = new Int32Array(new SharedArrayBuffer(4));

/** A timer may come so much late; what is due sooner is waited for awake. */
const TIMER_ERROR_MS = 2;

/** Answers that have not left. */
export class Desk {
  readonly #left: Left;
  /** The earliest last. */
  readonly #waiting: Answer[] = [];
  #timer: NodeJS.Timeout | undefined;
  #isAwake = false;

  constructor(left: Left) {
    this.#left = left;
  }

  /** Takes an answer. Those due at the same time leave in the order in which they came. */
  add(answer: Answer): void {
    let [low, high] = [0, this.#waiting.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#waiting[middle]?.dueAt ?? 0) <= answer.dueAt) high = middle;
      else low = middle + 1;
    }
    this.#waiting.splice(low, 0, answer);
    this.#sleep();
  }

  /** Forgets all answers. */
  close(): void {
    this.#waiting.length = 0;
    clearTimeout(this.#timer);
  }

  #sleep(): void {
    const next = this.#waiting.at(-1);
    if (next === undefined || this.#isAwake) return;
    clearTimeout(this.#timer);
    const restMs = next.dueAt - performance.now() - TIMER_ERROR_MS;
    if (restMs >= 1) {
      this.#timer = setTimeout(() => this.#sleep(), restMs);
      return;
    }
    if (restMs + TIMER_ERROR_MS > 2 * NAP_MS) Atomics.wait(never, 0, 0, NAP_MS);
    this.#isAwake = true;
    setImmediate(this.#look);
  }

  readonly #look = (): void => {
    this.#isAwake = false;
    const now = performance.now();
    // Awake it looks 20,000 times a second: whoever made a map each time would collect it in the midst of answers.
    if ((this.#waiting.at(-1)?.dueAt ?? 0) <= now) this.#leave(now);
    this.#sleep();
  };

  /** Sends all that are due. */
  #leave(now: number): void {
    const byRecipient = new Map<Recipient, Answer[]>();
    for (
      let next = this.#waiting.at(-1);
      next !== undefined && next.dueAt <= now;
      next = this.#waiting.at(-1)
    ) {
      this.#waiting.pop();
      const answers = byRecipient.get(next.recipient);
      if (answers === undefined) byRecipient.set(next.recipient, [next]);
      else answers.push(next);
    }
    // One write for each: after a stall thousands of answers leave together.
    for (const [recipient, answers] of byRecipient) {
      recipient.write(Buffer.concat(answers.map(({ bytes }) => bytes)));
      const at = performance.now();
      for (const { worker, readAt } of answers) this.#left(worker, readAt, at);
    }
  }
}
