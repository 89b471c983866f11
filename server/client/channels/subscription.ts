/** What this side knows of one channel: state, options, and who listens. */
import type { ChannelState, SubscribeOptions } from '../contract.ts';
import { callSafely, Listeners } from '../listeners.ts';
import type { Stream } from './stream.ts';

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

  constructor(name: string) {
    this.name = name;
  }

  /** Nobody would miss it. */
  get isIdle(): boolean {
    const isHeard = this.watchers.size > 0 || this.streams.size > 0 || !this.listeners.isEmpty;
    return this.state === 'unsubscribed' && !isHeard;
  }

  deliver(data: unknown): void {
    for (const watcher of [...this.watchers]) {
      callSafely(watcher, data);
    }
    for (const stream of this.streams) {
      stream.push(data);
    }
  }

  endStreams(): void {
    for (const stream of [...this.streams]) {
      stream.end();
    }
  }
}
