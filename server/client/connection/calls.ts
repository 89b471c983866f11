/** Calls that wait for their response. The numbers go on across reconnects, so no late answer is mistaken. */
import { type CallId, describeEnding, hydrate, WireError } from '../../protocol/index.ts';
import { callSafely } from '../events/index.ts';
import type { Clock } from './clock.ts';

/** Told of the response, or of why there will be none. `error` is null on success. */
export type Answered<Data = unknown> = (error: unknown, data?: Data) => void;

/** Tells a callback what becomes of a promise: whoever gives one need not look at the promise too. */
export function inform<Result>(
  promise: Promise<Result>,
  answered: Answered<Result> | undefined,
): Promise<Result> {
  if (answered) {
    promise.then(
      (result) => callSafely(answered, null, result),
      (error: unknown) => callSafely(answered, error),
    );
  }
  return promise;
}

interface Call {
  event: string;
  answered: Answered;
  /** Calls the time-out off. */
  forgetTimeout: () => void;
}

/** How a connection ended that a call was waiting on. */
export interface Loss {
  type: 'disconnect' | 'connectAbort';
  code: number;
  reason: unknown;
}

export class Calls {
  readonly #clock: Clock;
  #waiting = new Map<CallId, Call>();
  #last: number;

  /** @param last Highest number that is taken already. */
  constructor(clock: Clock, last = 0) {
    this.#clock = clock;
    this.#last = last;
  }

  /** Notes a call and returns its `cid`. It fails with TimeoutError after `timeout` ms; Infinity waits for ever. */
  add(event: string, answered: Answered, timeout: number): number {
    this.#last += 1;
    const cid = this.#last;
    const forgetTimeout = Number.isFinite(timeout)
      ? this.#clock.schedule(() => this.#expire(cid), timeout)
      : () => undefined;
    this.#waiting.set(cid, { event, answered, forgetTimeout });
    return cid;
  }

  /** Hands a response over. One that nobody waits for is dropped: it came too late. */
  settle(rid: CallId, error: unknown, data: unknown): void {
    this.#take(rid)?.answered(hydrate(error ?? null), data);
  }

  /** Fails one call for a reason of this side. */
  fail(cid: CallId, error: unknown): void {
    this.#take(cid)?.answered(error);
  }

  /** Takes all calls out and returns a function that fails them: those made meanwhile are not affected. */
  takeAll(): (loss: Loss) => void {
    const taken = this.#waiting;
    this.#waiting = new Map();
    return ({ type, code, reason }) => {
      for (const { event, answered, forgetTimeout } of taken.values()) {
        forgetTimeout();
        answered(
          new WireError(
            `Event "${event}" was aborted due to a bad connection (${describeEnding(code, reason)})`,
            { name: 'BadConnectionError', type, code },
          ),
        );
      }
    };
  }

  #expire(cid: number): void {
    const call = this.#take(cid);
    call?.answered(
      new WireError(`Event response for "${call.event}" event timed out`, { name: 'TimeoutError' }),
    );
  }

  #take(cid: CallId): Call | undefined {
    const call = this.#waiting.get(cid);
    this.#waiting.delete(cid);
    call?.forgetTimeout();
    return call;
  }
}
