/**
 * This worker's share of the channels: which sockets and which of the application's watchers listen to
 * what. The broker hears only of the first listener and of the last; a publication is framed once and the
 * same bytes go to every socket.
 */
import type { Broker, Store } from '../broker/index.ts';
import { wantText } from '../errors/index.ts';
import { Channels, type Joined } from './channels/index.ts';
import { Codec } from './codec/index.ts';
import { settle } from './session/index.ts';

/** A listener on the wire's side. */
export interface Subscriber {
  sendFrame(frame: Buffer): void;
}

/** Pause before the broker is asked again for a channel that has watchers, milliseconds. */
const ASK_AGAIN_MS = 1_000;

interface Membership extends Joined {
  readonly subscribers: Set<Subscriber>;
  /** Settles when the broker has taken note. */
  noted: Promise<void>;
}

/** One publication, parsed for whoever wants to see each copy. */
export interface Reviewed {
  channel: string;
  data: unknown;
  /** The frame that all get whose copy is not changed. */
  frame: Buffer;
}

export class Exchange extends Channels {
  /** Sends each copy instead of the exchange; set while the application has middleware on the way out. */
  review: ((subscriber: Subscriber, publication: Reviewed) => void) | undefined;
  /** How publications, and all other packets of this worker, are encoded. */
  readonly codec = new Codec();
  readonly #memberships = new Map<string, Membership>();
  #broker: Broker | undefined;
  #unreadable = 0;

  /** How often the application did not get a publication, as it could not be read. */
  get unreadable(): number {
    return this.#unreadable;
  }

  /** Connects the exchange to its broker; called once, before the first client. */
  attach(broker: Broker, store?: Store): void {
    this.#broker = broker;
    this.useStore(store);
  }

  override publish(channel: string, data?: unknown, callback?: (error: Error | null) => void): Promise<void> {
    wantText('publish to a channel', channel);
    const published = this.#reach().publish(channel, this.codec.packPublication(channel, data));
    return settle(published, callback);
  }

  /** Like `publish`, but nobody waits. */
  transmitPublish(channel: string, data?: unknown): void {
    wantText('publish to a channel', channel);
    this.#reach().transmit(channel, this.codec.packPublication(channel, data));
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
    if (membership.listening !== undefined) {
      const read = this.#read(packed);
      if (read !== undefined) {
        this.hear(channel, read.data);
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
    const read = this.#read(packed);
    if (read === undefined) {
      return;
    }
    const publication = { channel, data: read.data, frame };
    for (const subscriber of subscribers) {
      review(subscriber, publication);
    }
  }

  /** Undefined, and counted, where another host has another codec, or somebody publishes there who is no worker. */
  #read(packed: Uint8Array): { data: unknown } | undefined {
    try {
      return { data: this.codec.unpackData(packed) };
    } catch {
      this.#unreadable += 1;
      return undefined;
    }
  }

  #join(channel: string): Membership {
    const known = this.#memberships.get(channel);
    if (known !== undefined) {
      return known;
    }
    const membership: Membership = {
      subscribers: new Set(),
      listening: undefined,
      isNoted: false,
      noted: this.#reach().subscribe(channel),
    };
    this.#memberships.set(channel, membership);
    this.#superviseNote(channel, membership);
    return membership;
  }

  protected override joined(channel: string): Joined | undefined {
    return this.#memberships.get(channel);
  }

  protected override allJoined(): Iterable<[channel: string, joined: Joined]> {
    return this.#memberships;
  }

  protected override enter(channel: string): Joined {
    return this.#join(channel);
  }

  protected override drop(channel: string): void {
    const membership = this.#memberships.get(channel);
    if (membership !== undefined) {
      this.#dropIfEmpty(channel, membership);
    }
  }

  /**
   * When no broker takes note, whoever waits hears of it, and the membership goes, so that the next one asks
   * anew. The application does not wait: for it the broker is asked until it takes note.
   */
  #superviseNote(channel: string, membership: Membership): void {
    const isCurrent = (): boolean => this.#memberships.get(channel) === membership;
    const took = (): void => {
      membership.isNoted = true;
      if (isCurrent()) {
        this.noted(channel);
      }
    };
    const askAgain = (): void => {
      if (isCurrent()) {
        membership.noted = this.#reach().subscribe(channel);
        this.#superviseNote(channel, membership);
      }
    };
    membership.noted.then(took, (error: unknown) => {
      if (!isCurrent()) {
        return;
      }
      if (membership.listening === undefined) {
        this.#memberships.delete(channel);
        return;
      }
      setTimeout(askAgain, ASK_AGAIN_MS).unref();
      this.announce('subscribeFail', channel, error);
    });
  }

  #dropIfEmpty(channel: string, membership: Membership): void {
    if (membership.subscribers.size === 0 && membership.listening === undefined) {
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
