/** Calls from the server to one client that wait for their response. */
import { shielded } from '../../errors/index.ts';
import { hydrate, WireError } from '../../protocol/index.ts';

/** Told of the response, or of why there will be none. What it throws is an error that nobody catches. */
export type Answered = (error: unknown, data?: unknown) => void;

interface Call {
  event: string;
  answered: Answered;
  /** Tick of the worker's clock. */
  deadline: number;
}

export class Calls {
  /** Whether the worker's clock visits these calls; kept here to spare sockets without calls a field. */
  isVisited = false;
  /** In the order of their deadlines, as all have the same time. */
  readonly #waiting = new Map<number, Call>();
  #last = 0;

  /** Notes a call and returns its `cid`. */
  add(event: string, deadline: number, answered: Answered): number {
    this.#last += 1;
    this.#waiting.set(this.#last, { event, answered, deadline });
    return this.#last;
  }

  /** Forgets a call that was not sent. */
  drop(cid: number): void {
    this.#waiting.delete(cid);
  }

  /** Hands a response over. A response to nothing is dropped: it came too late. */
  settle(rid: unknown, error: unknown, data: unknown): void {
    const call = typeof rid === 'number' ? this.#waiting.get(rid) : undefined;
    if (call !== undefined && typeof rid === 'number') {
      this.#waiting.delete(rid);
      shielded(() => call.answered(hydrate(error) ?? null, data));
    }
  }

  /** Gives up the calls whose time is over. Returns the first deadline of the others, undefined when none is left. */
  expire(tick: number): number | undefined {
    for (const [cid, call] of this.#waiting) {
      if (call.deadline > tick) {
        return call.deadline;
      }
      this.#waiting.delete(cid);
      const error = new WireError(`Event response for "${call.event}" timed out`, { name: 'TimeoutError' });
      shielded(() => call.answered(error));
    }
    return undefined;
  }

  /** Gives up all calls, as the socket has ended. */
  abandon(): void {
    for (const [cid, call] of this.#waiting) {
      this.#waiting.delete(cid);
      const error = new WireError(`Event "${call.event}" was aborted: the socket ended`, {
        name: 'BadConnectionError',
        type: 'disconnect',
      });
      shielded(() => call.answered(error));
    }
  }
}
