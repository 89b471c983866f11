/**
 * What a client has sent and what has not begun yet: packets behind one whose middleware takes time, and
 * events behind one of the same name whose asynchronous handler has not ended. A client that sends more
 * than can be begun is read no further until there is room.
 */
import { Order, type Task } from './order.ts';

/** Packets that may wait before the client is read no further. */
const MOST_WAITING = 100;
/** Packets that may still wait when it is read again. */
const FEW_WAITING = 10;

/** Stops and goes on reading from a client. */
export interface Source {
  pause(): void;
  resume(): void;
}

export class Inbox {
  readonly #packets = new Order();
  readonly #events = new Map<string, Order>();
  readonly #source: Source;
  #waiting = 0;
  #isPaused = false;

  constructor(source: Source) {
    this.#source = source;
  }

  /** Begins a packet when those before it have let it. */
  enter(task: Task): void {
    this.#enter(this.#packets, task);
  }

  /** Begins an event when the handler of the one before it, of the same name, has ended. */
  enterEvent(event: string, task: Task): void {
    const order = this.#events.get(event) ?? new Order();
    this.#events.set(event, order);
    this.#enter(order, task);
  }

  /** Whether events of a name may have to wait. */
  hasOrder(event: string): boolean {
    return this.#events.has(event);
  }

  /** Lets everything go that waits: the client has. */
  clear(): void {
    this.#packets.clear();
    for (const order of this.#events.values()) {
      order.clear();
    }
  }

  #enter(order: Order, task: Task): void {
    this.#waiting += 1;
    order.enter((proceed) => {
      this.#waiting -= 1;
      if (this.#isPaused && this.#waiting <= FEW_WAITING) {
        this.#isPaused = false;
        this.#source.resume();
      }
      task(proceed);
    });
    if (!this.#isPaused && this.#waiting > MOST_WAITING) {
      this.#isPaused = true;
      this.#source.pause();
    }
  }
}
