/** What this side knows of one channel: state, options, and who listens. */
import type { ChannelState, SubscribeOptions, Told } from '../contract.ts';
import { callSafely, Listeners, type Stream } from '../events/index.ts';

/** Takes the data of each publication of a channel. */
export type Watcher<Data = unknown> = (data: Data) => void;

export class Subscription {
  readonly name: string;
  readonly listeners = new Listeners();
  readonly watchers = new Set<Watcher>();
  readonly streams = new Set<Stream<unknown>>();
  state: ChannelState = 'unsubscribed';
  options: SubscribeOptions = {};
  /** Stands for the request under way, so that the answer to an earlier one is not taken for its answer. */
  request: symbol | undefined;
  /** Those who wait to be told whether the server lets this side subscribe. */
  #asking: Told[] = [];

  constructor(name: string) {
    this.name = name;
  }

  /** Nobody would miss it. */
  get isIdle(): boolean {
    const isHeard = this.watchers.size > 0 || this.streams.size > 0 || !this.listeners.isEmpty;
    return this.state === 'unsubscribed' && !isHeard;
  }

  /** Tells once, when it is known, what becomes of the subscription that is wanted. */
  tellLater(told: Told): void {
    this.#asking.push(told);
  }

  /** Tells all who wait. `error` null means subscribed. */
  tell(error: unknown): void {
    for (const told of this.#asking.splice(0)) {
      callSafely(told, error);
    }
  }

  deliver(data: unknown): void {
    for (const watcher of [...this.watchers]) {
      callSafely(watcher, data);
    }
    for (const stream of this.streams) {
      stream.push(data);
    }
  }

  /** Ends every loop that reads; what waits is still read. */
  endStreams(): void {
    for (const stream of [...this.streams]) {
      stream.end();
    }
  }
}
