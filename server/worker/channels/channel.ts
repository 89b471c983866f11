import { wantFunction } from '../../errors/index.ts';

/** Takes the data of each publication of a channel. */
export type Watcher = (data: unknown) => void;

/** What a channel asks of the exchange; its name is known there. */
interface ChannelHost {
  publish(data: unknown, callback?: (error: Error | null) => void): Promise<void>;
  isSubscribed(includePending: boolean): boolean;
  /** Subscribes although nobody may watch. */
  want(): void;
  /** Calls all of a set of watchers, those that come into it later too. */
  listen(watchers: Set<Watcher>): void;
  /** Ends that; with `isAll` the subscription as well, unless others watch. */
  unlisten(watchers: Set<Watcher>, isAll: boolean): void;
  /** Adds a listener of an event of the channel, or takes it away. */
  attend(how: 'off' | 'on' | 'once', event: string, listener: ChannelListener): void;
}

/** Told of an event of a channel. */
export type ChannelListener = (...details: never[]) => unknown;

/**
 * One channel as one part of the application sees it. Several parts may each have theirs of the same name: the
 * watchers of one are not those of another.
 */
export class Channel {
  readonly name: string;
  readonly #host: ChannelHost;
  readonly #watchers = new Set<Watcher>();

  /** Made by the exchange only. */
  constructor(name: string, host: ChannelHost) {
    this.name = name;
    this.#host = host;
  }

  get state(): 'pending' | 'subscribed' | 'unsubscribed' {
    if (this.isSubscribed()) {
      return 'subscribed';
    }
    return this.isSubscribed(true) ? 'pending' : 'unsubscribed';
  }

  /** The same as `state`. */
  getState(): 'pending' | 'subscribed' | 'unsubscribed' {
    return this.state;
  }

  /** Whether the application is subscribed; with `includePending` also when no broker has taken note yet. */
  isSubscribed(includePending = false): boolean {
    return this.#host.isSubscribed(includePending);
  }

  /** Subscribes again after `unsubscribe`: its watchers are called from then on. */
  subscribe(): void {
    this.#host.want();
    if (this.#watchers.size > 0) {
      this.#host.listen(this.#watchers);
    }
  }

  /**
   * Calls the watcher for each publication from now on; this subscribes, too.
   *
   * @throws TypeError for what is no function.
   */
  watch(watcher: Watcher): void {
    wantFunction(`watch the channel "${this.name}"`, watcher);
    this.#watchers.add(watcher);
    this.#host.listen(this.#watchers);
  }

  /** Takes one watcher away, or all. A subscription stays. */
  unwatch(watcher?: Watcher): void {
    if (watcher === undefined) {
      this.#watchers.clear();
    } else {
      this.#watchers.delete(watcher);
    }
    if (this.#watchers.size === 0) {
      this.#host.unlisten(this.#watchers, false);
    }
  }

  /** Its watchers. */
  watchers(): Watcher[] {
    return [...this.#watchers];
  }

  /** Publishes as the exchange does. */
  publish(data?: unknown, callback?: (error: Error | null) => void): Promise<void> {
    return this.#host.publish(data, callback);
  }

  /** Calls its watchers no more; `subscribe` has them called again. What others watch goes on. */
  unsubscribe(): void {
    this.#host.unlisten(this.#watchers, true);
  }

  /** Unsubscribes and forgets the watchers. */
  destroy(): void {
    this.unsubscribe();
    this.#watchers.clear();
  }

  /** Listens to `subscribe`, `unsubscribe`, or `subscribeFail` (error) of the channel. */
  on(event: string, listener: ChannelListener): this {
    this.#host.attend('on', event, listener);
    return this;
  }

  /** Like `on`, for the next time only. */
  once(event: string, listener: ChannelListener): this {
    this.#host.attend('once', event, listener);
    return this;
  }

  off(event: string, listener: ChannelListener): this {
    this.#host.attend('off', event, listener);
    return this;
  }
}
