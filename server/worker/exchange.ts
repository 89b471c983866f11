/**
 * This worker's share of the channels: which sockets and which of the application's watchers listen to
 * what. The broker hears only of the first listener and of the last; a publication is framed once and the
 * same bytes go to every socket.
 */
import type { Broker } from '../broker/index.ts';
import { shielded, wantFunction, wantText } from '../errors/index.ts';
import { Codec } from './codec/index.ts';

/** A listener on the wire's side. */
export interface Subscriber {
  sendFrame(frame: Buffer): void;
}

/** Takes the data of each publication of a channel. */
export type Watcher = (data: unknown) => void;

/** Pause before the broker is asked again for a channel that has watchers, milliseconds. */
const ASK_AGAIN_MS = 1_000;

interface Membership {
  subscribers: Set<Subscriber>;
  watchers: Set<Watcher>;
  /** Settles when the broker has taken note. */
  noted: Promise<void>;
}

/** A channel as the application sees it. */
export interface Channel {
  readonly name: string;
  /** Calls the watcher for each publication from now on. */
  watch(watcher: Watcher): void;
  unwatch(watcher?: Watcher): void;
  publish(data?: unknown): Promise<void>;
  /** Drops all watchers. */
  unsubscribe(): void;
}

/** One publication, parsed for whoever wants to see each copy. */
export interface Reviewed {
  channel: string;
  data: unknown;
  /** The frame that all get whose copy is not changed. */
  frame: Buffer;
}

export class Exchange {
  /** Sends each copy instead of the exchange; set while the application has middleware on the way out. */
  review: ((subscriber: Subscriber, publication: Reviewed) => void) | undefined;
  /** How publications, and all other packets of this worker, are encoded. */
  readonly codec = new Codec();
  readonly #memberships = new Map<string, Membership>();
  #broker: Broker | undefined;

  /** Connects the exchange to its broker; called once, before the first client. */
  attach(broker: Broker): void {
    this.#broker = broker;
  }

  /**
   * Publishes to every subscriber of the channel in the cluster. Resolves after this worker's own
   * subscribers have been served. Who does not wait is not told of a failure, and no worker ends of it.
   *
   * @throws TypeError when the channel is no text or the data cannot be JSON; the promise rejects with ClusterError BROKER_UNREACHABLE.
   */
  publish(channel: string, data?: unknown): Promise<void> {
    wantText('publish to a channel', channel);
    const published = this.#reach().publish(channel, this.codec.packPublication(channel, data));
    published.catch(ignore);
    return published;
  }

  /** Like `publish`, but nobody waits. */
  transmitPublish(channel: string, data?: unknown): void {
    wantText('publish to a channel', channel);
    this.#reach().transmit(channel, this.codec.packPublication(channel, data));
  }

  /** The channel for the application's own listening. */
  subscribe(name: string): Channel {
    wantText('subscribe to a channel', name);
    return {
      name,
      watch: (watcher) => {
        wantFunction(`watch the channel "${name}"`, watcher);
        this.#join(name).watchers.add(watcher);
      },
      unwatch: (watcher) => this.#unwatch(name, watcher),
      publish: (data) => this.publish(name, data),
      unsubscribe: () => this.#unwatch(name),
    };
  }

  /** Lets a socket in. Resolves when the broker has taken note; rejects, with the socket out again, when none did. */
  async join(subscriber: Subscriber, channel: string): Promise<void> {
    const membership = this.#join(channel);
    membership.subscribers.add(subscriber);
    try {
      await membership.noted;
    } catch (error) {
      membership.subscribers.delete(subscriber);
      throw error;
    }
  }

  /** Tells whether a socket is in, or about to be. */
  has(subscriber: Subscriber, channel: string): boolean {
    return this.#memberships.get(channel)?.subscribers.has(subscriber) === true;
  }

  /** Lets a socket go. */
  leave(subscriber: Subscriber, channel: string): void {
    const membership = this.#memberships.get(channel);
    if (membership?.subscribers.delete(subscriber) === true) {
      this.#dropIfEmpty(channel, membership);
    }
  }

  /** Hands one publication to everyone here who listens. The bytes are a packed publication. */
  readonly deliver = (channel: string, packed: Uint8Array): void => {
    const membership = this.#memberships.get(channel);
    if (membership === undefined) {
      return;
    }
    if (membership.subscribers.size > 0) {
      this.#send(membership.subscribers, channel, packed);
    }
    if (membership.watchers.size > 0) {
      const data = this.codec.unpackData(packed);
      for (const watcher of [...membership.watchers]) {
        // What a watcher throws is not the failure of the link the publication came over.
        shielded(() => watcher(data));
      }
    }
  };

  #send(subscribers: ReadonlySet<Subscriber>, channel: string, packed: Uint8Array): void {
    const frame = this.codec.unpackFrame(packed);
    const review = this.review;
    if (review === undefined) {
      for (const subscriber of subscribers) {
        subscriber.sendFrame(frame);
      }
      return;
    }
    const data = this.codec.unpackData(packed);
    for (const subscriber of subscribers) {
      review(subscriber, { channel, data, frame });
    }
  }

  #join(channel: string): Membership {
    const known = this.#memberships.get(channel);
    if (known !== undefined) {
      return known;
    }
    const membership = {
      subscribers: new Set<Subscriber>(),
      watchers: new Set<Watcher>(),
      noted: this.#reach().subscribe(channel),
    };
    this.#memberships.set(channel, membership);
    this.#superviseNote(channel, membership);
    return membership;
  }

  /**
   * When no broker takes note, whoever waits hears of it, and the membership goes, so that the next one asks
   * anew. Watchers do not wait: for them the broker is asked until it takes note.
   */
  #superviseNote(channel: string, membership: Membership): void {
    const isCurrent = (): boolean => this.#memberships.get(channel) === membership;
    membership.noted.catch(() => {
      if (!isCurrent()) {
        return;
      }
      if (membership.watchers.size === 0) {
        this.#memberships.delete(channel);
        return;
      }
      const askAgain = (): void => {
        if (isCurrent()) {
          membership.noted = this.#reach().subscribe(channel);
          this.#superviseNote(channel, membership);
        }
      };
      setTimeout(askAgain, ASK_AGAIN_MS).unref();
    });
  }

  #unwatch(channel: string, watcher?: Watcher): void {
    const membership = this.#memberships.get(channel);
    if (membership === undefined) {
      return;
    }
    if (watcher === undefined) {
      membership.watchers.clear();
    } else {
      membership.watchers.delete(watcher);
    }
    this.#dropIfEmpty(channel, membership);
  }

  #dropIfEmpty(channel: string, membership: Membership): void {
    if (membership.subscribers.size === 0 && membership.watchers.size === 0) {
      this.#memberships.delete(channel);
      void this.#reach().unsubscribe(channel); // never rejects
    }
  }

  #reach(): Broker {
    if (this.#broker === undefined) {
      throw new Error('Cannot use the exchange: the worker has no broker yet');
    }
    return this.#broker;
  }
}

/** A failure that somebody else is told of, or wants nothing of. */
function ignore(): void {}
