import { ClusterError } from '../../errors/index.ts';

/** Something the broker was asked for and has not acknowledged yet. */
export interface Call {
  readonly kind: 'publish' | 'subscribe' | 'request' | 'notice';
  readonly channel: string;
  /** Monotonic time of the call, milliseconds. */
  readonly since: number;
  /** Whether it has gone out on the present connection and must not go out again. */
  isSent: boolean;
  /** Takes the payload of a response, which is only valid during the call. */
  resolve(answer?: Buffer): void;
  reject(error: Error): void;
}

/** What each kind of call does to its channel, for messages. */
const deeds = {
  publish: 'publish to',
  subscribe: 'subscribe to',
  request: 'ask the store for',
  notice: 'tell the workers of',
} as const;

/** The highest id a frame can carry. */
const MAX_ID = 0xffff_ffff;

/** The calls of one link that wait for their acknowledgement, oldest first. */
export class Calls {
  /** A Map keeps the order of insertion, so a sweep ends at the first call that is young enough. */
  readonly #calls = new Map<number, Call>();
  #lastId = 0;

  [Symbol.iterator](): IterableIterator<[number, Call]> {
    return this.#calls.entries();
  }

  /** Adds a call, which settles the promise by `resolve` and `reject`, and returns its id, never 0. */
  add(kind: Call['kind'], channel: string, resolve: Call['resolve'], reject: (error: Error) => void): number {
    this.#lastId = this.#lastId === MAX_ID ? 1 : this.#lastId + 1;
    const since = performance.now();
    this.#calls.set(this.#lastId, { kind, channel, since, isSent: false, resolve, reject });
    return this.#lastId;
  }

  /** Notes that a call has gone out. */
  markSent(id: number): void {
    const call = this.#calls.get(id);
    if (call !== undefined) {
      call.isSent = true;
    }
  }

  /** Whether another call waits for this channel. */
  isSubscribing(channel: string): boolean {
    return [...this.#calls.values()].some((call) => call.kind === 'subscribe' && call.channel === channel);
  }

  /** Takes a call out; undefined when it was rejected before. */
  take(id: number): Call | undefined {
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    return call;
  }

  /** Rejects the calls older than this and returns them. */
  expire(timeoutMs: number): Call[] {
    const oldest = performance.now() - timeoutMs;
    const expired: Call[] = [];
    for (const [id, call] of this.#calls) {
      if (call.since > oldest) {
        break;
      }
      this.#calls.delete(id);
      call.reject(unreachable(call.kind, call.channel, `no acknowledgement within ${timeoutMs} ms`));
      expired.push(call);
    }
    return expired;
  }

  /** Rejects the calls that are chosen. */
  reject(reason: string, isChosen: (call: Call) => boolean): void {
    for (const [id, call] of this.#calls) {
      if (isChosen(call)) {
        this.#calls.delete(id);
        call.reject(unreachable(call.kind, call.channel, reason));
      }
    }
  }
}

/** The error of a call that did not get through to its broker. */
export function unreachable(kind: Call['kind'], channel: string, reason: string): ClusterError {
  return new ClusterError(`Cannot ${deeds[kind]} "${channel}": ${reason}`, { code: 'BROKER_UNREACHABLE' });
}
