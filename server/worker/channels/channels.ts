/** What the application does with channels by their names; how they are joined is the exchange's part. */
import type { Path, Store } from '../../broker/index.ts';
import { shielded, wantFunction, wantText } from '../../errors/index.ts';
import { DataMethods } from '../session/index.ts';
import { Channel, type ChannelListener, type Watcher } from './channel.ts';
import { type ChannelEvent, ChannelEvents } from './channel-events.ts';

/** The application's part in one channel. */
interface Listening {
  /** A set for each part of the application that watches. */
  readonly watchers: Set<Set<Watcher>>;
  /** Whether it is subscribed although nobody may watch. */
  isWanted: boolean;
  /** Whether it was told that it is subscribed. */
  isTold: boolean;
}

/** A channel that this worker has joined. */
export interface Joined {
  /** Undefined while the application has no part in it. */
  listening: Listening | undefined;
  /** Whether a broker has taken note. */
  isNoted: boolean;
}

export abstract class Channels extends DataMethods {
  readonly #events = new ChannelEvents();
  /** Watchers that were added by the channel's name. */
  readonly #byName = new Map<string, Set<Watcher>>();
  #store: Store | undefined;

  /**
   * Publishes to every subscriber of the channel in the cluster. Resolves after this worker's own
   * subscribers have been served. Who does not wait is not told of a failure, and no worker ends of it.
   *
   * @throws TypeError when the channel is no text or the data cannot be JSON; the promise rejects with
   * ClusterError BROKER_UNREACHABLE.
   */
  abstract publish(channel: string, data?: unknown, callback?: (error: Error | null) => void): Promise<void>;

  /** Gives what is known of a channel, or of all, that was joined for whomever. */
  protected abstract joined(channel: string): Joined | undefined;
  protected abstract allJoined(): Iterable<[channel: string, joined: Joined]>;
  /** Joins a channel unless this worker has. */
  protected abstract enter(channel: string): Joined;
  /** Leaves a channel that the application has no part in any more, unless sockets have. */
  protected abstract drop(channel: string): void;

  /** The same as `publish`. */
  invokePublish(channel: string, data?: unknown): Promise<void> {
    return this.publish(channel, data);
  }

  /** Subscribes the application, whoever watches, and gives the channel. */
  subscribe(name: string): Channel {
    wantText('subscribe to a channel', name);
    this.#want(name);
    const watchers = this.#byName.get(name);
    if (watchers !== undefined) {
      this.#listen(name, watchers);
    }
    return this.channel(name);
  }

  /** The channel, without a subscription. */
  channel(name: string): Channel {
    wantText('use a channel', name);
    return new Channel(name, {
      publish: (data, callback) => this.publish(name, data, callback),
      isSubscribed: (includePending) => this.isSubscribed(name, includePending),
      want: () => this.#want(name),
      listen: (watchers) => this.#listen(name, watchers),
      unlisten: (watchers, isAll) => this.#unlisten(name, watchers, isAll),
      attend: (how, event, listener) => this.#events.attend(how, event, listener, name),
    });
  }

  /** Ends what the application hears of a channel, everywhere in this process. */
  unsubscribe(name: string): void {
    this.joined(name)?.listening?.watchers.clear();
    this.#leaveIfUnheard(name, true);
  }

  /** The same; forgets the watchers too that were added by the channel's name. */
  destroyChannel(name: string): void {
    this.#byName.delete(name);
    this.unsubscribe(name);
  }

  /**
   * Calls the watcher for each publication of a channel from now on; this subscribes, too.
   *
   * @throws TypeError for what is no function.
   */
  watch(name: string, watcher: Watcher): void {
    wantText('watch a channel', name);
    wantFunction(`watch the channel "${name}"`, watcher);
    const watchers = this.#byName.get(name) ?? new Set();
    this.#byName.set(name, watchers.add(watcher));
    this.#listen(name, watchers);
  }

  /** Takes one watcher of a channel away, or all, everywhere in this process. */
  unwatch(name: string, watcher?: Watcher): void {
    const known = [this.#byName.get(name) ?? new Set(), ...(this.joined(name)?.listening?.watchers ?? [])];
    for (const watchers of known) {
      if (watcher === undefined) {
        watchers.clear();
      } else {
        watchers.delete(watcher);
      }
      if (watchers.size === 0) {
        this.#unlisten(name, watchers);
      }
    }
    if (this.#byName.get(name)?.size === 0) {
      this.#byName.delete(name);
    }
  }

  /** The watchers of a channel that publications reach. */
  watchers(name: string): Watcher[] {
    return [...(this.joined(name)?.listening?.watchers ?? [])].flatMap((watchers) => [...watchers]);
  }

  /** Names of the channels the application is subscribed to; with `includePending` those too no broker knows yet. */
  subscriptions(includePending = false): string[] {
    return [...this.allJoined()]
      .map(([name]) => name)
      .filter((name) => this.isSubscribed(name, includePending));
  }

  isSubscribed(name: string, includePending = false): boolean {
    const joined = this.joined(name);
    return joined?.listening !== undefined && (joined.isNoted || includePending);
  }

  /** Listens to what becomes of the application's own subscriptions. */
  on(event: ChannelEvent, listener: ChannelListener): this {
    this.#events.attend('on', event, listener);
    return this;
  }

  /** Like `on`, for the next time only. */
  once(event: ChannelEvent, listener: ChannelListener): this {
    this.#events.attend('once', event, listener);
    return this;
  }

  off(event: ChannelEvent, listener: ChannelListener): this {
    this.#events.attend('off', event, listener);
    return this;
  }

  /** The same as `off`. */
  removeListener(event: ChannelEvent, listener: ChannelListener): this {
    this.#events.attend('off', event, listener);
    return this;
  }

  // For the exchange

  /** Connects the data methods, those of `global`. */
  protected useStore(store: Store | undefined): void {
    this.#store = store;
  }

  /** Hands a publication to the application. What watchers throw is not the failure of the link it came over. */
  protected hear(channel: string, data: unknown): void {
    for (const watcher of this.watchers(channel)) {
      shielded(() => watcher(data));
    }
    this.announce('message', channel, data);
  }

  /** Takes note that a broker has. */
  protected noted(channel: string): void {
    const listening = this.joined(channel)?.listening;
    if (listening !== undefined && !listening.isTold) {
      listening.isTold = true;
      this.announce('subscribe', channel);
    }
  }

  /** Tells of an event of a channel. */
  protected announce(event: ChannelEvent, channel: string, detail?: unknown): void {
    this.#events.announce(event, channel, detail);
  }

  protected override place(): { store: Store; root: Path } {
    if (this.#store === undefined) {
      throw new Error('Cannot use the data of the exchange: the worker has no store yet');
    }
    return { store: this.#store, root: ['global'] };
  }

  #want(name: string): void {
    this.#take(name).isWanted = true;
  }

  #listen(name: string, watchers: Set<Watcher>): void {
    this.#take(name).watchers.add(watchers);
  }

  #take(name: string): Listening {
    const joined = this.enter(name);
    if (joined.listening === undefined) {
      joined.listening = { watchers: new Set(), isWanted: false, isTold: false };
      if (joined.isNoted) {
        queueMicrotask(() => this.noted(name)); // so that whoever subscribes can listen first
      }
    }
    return joined.listening;
  }

  #unlisten(name: string, watchers: Set<Watcher>, isAll = false): void {
    this.joined(name)?.listening?.watchers.delete(watchers);
    this.#leaveIfUnheard(name, isAll);
  }

  #leaveIfUnheard(name: string, isUnwanted: boolean): void {
    const joined = this.joined(name);
    const listening = joined?.listening;
    if (joined === undefined || listening === undefined || listening.watchers.size > 0) {
      return;
    }
    if (isUnwanted || !listening.isWanted) {
      joined.listening = undefined;
      this.drop(name);
      this.announce('unsubscribe', name);
    }
  }
}
