/** Events on their way to loops: what listeners are called with, read one by one. */
import { WireError } from '../../protocol/index.ts';
import { STREAM_CAPACITY, Stream } from './stream.ts';

/** Events of the server, calls of the server, and events of the client itself: each kind has names of its own. */
export type Kind = 'receiver' | 'procedure' | 'listener';

/** A call of the server that was read in a loop. Answer it once, by `end` or by `error`. */
export interface ProcedureCall<Data = unknown, Result = unknown> {
  procedure: string;
  data: Data;
  end(result?: Result): void;
  error(error: unknown): void;
}

/** What is heard under one name. Nothing is kept for a loop before it begins; several loops each read everything. */
export interface Heard<Item> extends AsyncIterable<Item> {
  /**
   * Reads from now on, across reconnects, until the client is destroyed. Of those that wait for a slow reader the
   * oldest beyond `capacity` (default: 1,000) are lost and counted in `lost`.
   */
  stream(options?: { capacity?: number }): Stream<Item>;
  /** Resolves with the next one. Rejects with InvalidActionError when the client is destroyed before. */
  once(): Promise<Item>;
}

export class EventStreams {
  readonly #open = new Map<string, Set<Stream<unknown>>>();
  #isEnded = false;

  /** What is heard under a name; whoever pushes there must push such items. */
  heard<Item>(kind: Kind, event: string): Heard<Item> {
    const stream = ({ capacity = STREAM_CAPACITY } = {}): Stream<Item> =>
      this.#makeStream<Item>(`${kind} ${event}`, capacity);
    return {
      stream,
      once: () => readOnce(stream(), event),
      [Symbol.asyncIterator]: () => stream(),
    };
  }

  /** Makes an item and hands it to all who read at this moment. Returns false when there is nobody. */
  push(kind: Kind, event: string, makeItem: () => unknown): boolean {
    const streams = this.#open.size === 0 ? undefined : this.#open.get(`${kind} ${event}`);
    if (streams === undefined) {
      return false;
    }
    const item = makeItem();
    for (const stream of streams) {
      stream.push(item);
    }
    return true;
  }

  /** Ends every stream, those made later too. */
  end(): void {
    this.#isEnded = true;
    for (const stream of [...this.#open.values()].flatMap((streams) => [...streams])) {
      stream.end();
    }
  }

  #makeStream<Item>(key: string, capacity: number): Stream<Item> {
    const streams = this.#open.get(key) ?? new Set();
    const stream = new Stream<Item>(capacity, () => {
      streams.delete(stream as Stream<unknown>);
      if (streams.size === 0) {
        this.#open.delete(key);
      }
    });
    this.#open.set(key, streams.add(stream as Stream<unknown>));
    if (this.#isEnded) {
      stream.end();
    }
    return stream;
  }
}

async function readOnce<Item>(stream: Stream<Item>, event: string): Promise<Item> {
  const { done, value } = await stream.next();
  await stream.return();
  if (done === true) {
    throw new WireError(`Cannot wait for "${event}": the client was destroyed`, {
      name: 'InvalidActionError',
    });
  }
  return value;
}
