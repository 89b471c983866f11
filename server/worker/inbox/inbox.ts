/**
 * What a client has sent and what has not begun yet: it waits behind a packet whose middleware, or whose
 * asynchronous handler, takes time. A client that sends more than can be begun is read no further until there
 * is room.
 */
import { Order, type Task } from './order.ts';

/** Packets that may wait before the client is read no further, and their bytes. */
const MOST_WAITING = 100;
const MOST_WAITING_BYTES = 1_048_576;
/** Packets that may still wait when it is read again, and their bytes. */
const FEW_WAITING = 10;
const FEW_WAITING_BYTES = 131_072;

/** Stops and goes on reading from a client. */
export interface Source {
  pause(): void;
  resume(): void;
}

export class Inbox {
  readonly #order = new Order();
  readonly #source: Source;
  #waiting = 0;
  #bytes = 0;
  #isPaused = false;

  constructor(source: Source) {
    this.#source = source;
  }

  /** Whether what comes now has to wait. */
  get isBusy(): boolean {
    return this.#order.isBusy;
  }

  /** Whether the client is not read now. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Begins a packet of so many bytes when those before it have let it. */
  enter(task: Task, bytes: number): void {
    this.#waiting += 1;
    this.#bytes += bytes;
    this.#order.enter((proceed) => {
      this.#waiting -= 1;
      this.#bytes -= bytes;
      this.#readAgain();
      task(proceed);
    });
    if (!this.#isPaused && (this.#waiting > MOST_WAITING || this.#bytes > MOST_WAITING_BYTES)) {
      this.#isPaused = true;
      this.#source.pause();
    }
  }

  /** Lets everything go that waits: the client has, or is sent away, which it can only hear of when it is read. */
  clear(): void {
    this.#order.clear();
    this.#waiting = 0;
    this.#bytes = 0;
    this.#readAgain();
  }

  #readAgain(): void {
    if (this.#isPaused && this.#waiting <= FEW_WAITING && this.#bytes <= FEW_WAITING_BYTES) {
      this.#isPaused = false;
      this.#source.resume();
    }
  }
}
