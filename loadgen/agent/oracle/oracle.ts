/**
 * Holds what comes to subscribers against what was published: lost, twice, late, exactly, and how long a
 * publication takes to its first, its median and its last subscriber.
 *
 * Each channel has one log of publications in the order in which any subscriber of this process first saw
 * them, and each subscription only its position in it. A publication is owed to a subscription when it was
 * intended at or after the confirmation and before the end of the subscription. Publications that nobody of this
 * process sees show by a gap in the sequence of their publisher, or, when nothing of its is seen any more, by where the
 * publisher stands: the process it belongs to knows.
 */
import type { Publication } from '../../drivers/index.ts';
import type { Absences } from './absences.ts';
import { Channel, type ChannelOptions } from './channel.ts';
import type { StreamEnd } from './streams.ts';
import { Subscriptions } from './subscriptions.ts';

/** What an oracle needs to know, and whom it tells. */
export interface OracleOptions
  extends Pick<ChannelOptions, 'duplicated' | 'earliest' | 'planned' | 'reordered' | 'spread' | 'underWay'> {
  /** Users are numbers below this. */
  users: number;
  /** The channels a user subscribes to. */
  channelsOf(user: number): readonly number[];
  /** Publishers have numbers below this. Default: any. */
  publishers?: number;
  /** Takes one lost publication with the time at which it was intended; not a number where too many were lost. */
  lost(user: number, intended: number): void;
}

/** Where a publisher stands in one channel. */
export interface ChannelEnd extends StreamEnd {
  channel: number;
}

/** By how much the clocks of two load processes of one host may differ at most, seconds. */
const CLOCKS_DIFFER = 1;

/** Seconds after its confirmation in which a subscription may be sent what was published before it. */
const EARLY = 10;

/** The oracle of one load process. */
export class Oracle {
  readonly #lost: (user: number, intended: number) => void;
  readonly #publishers: number;
  readonly #subscriptions: Subscriptions;
  readonly #options: ChannelOptions;
  readonly #channels = new Map<number, Channel>();
  readonly #absences = new Map<number, Absences>();
  /** How often each publisher of this process lost its connection; those that never did are missing. */
  readonly #breaks = new Map<number, number>();
  #broken = 0;

  constructor({ users, channelsOf, lost, publishers = Number.POSITIVE_INFINITY, ...options }: OracleOptions) {
    this.#lost = lost;
    this.#publishers = publishers;
    this.#subscriptions = new Subscriptions(users, channelsOf);
    this.#options = {
      ...options,
      subscriptions: this.#subscriptions,
      absences: this.#absences,
      breaksOf: (publisher) => this.#breaks.get(publisher) ?? 0,
    };
  }

  /** A user publishes. Tells the sequence number of the publication. */
  published(channel: number, publisher: number, intended: number): number {
    return this.#channel(channel).streams.make(publisher, intended);
  }

  /** The connection of a publisher broke: what it had published may never have reached the target. */
  broken(publisher: number): void {
    this.#breaks.set(publisher, (this.#breaks.get(publisher) ?? 0) + 1);
    this.#broken += 1;
  }

  /** How many connections of publishers broke. */
  get breaks(): number {
    return this.#broken;
  }

  /** Where the publishers of this process stand. It changes with publications and with `breaks`. */
  ends(): ChannelEnd[] {
    const ends: ChannelEnd[] = [];
    for (const [channel, { streams }] of this.#channels) {
      for (const { publisher, next, intended } of streams.ends()) {
        ends.push({ channel, publisher, next, intended });
      }
    }
    return ends;
  }

  /** Takes where the publishers of another process stand that publish no more. */
  learn(ends: readonly ChannelEnd[]): void {
    for (const end of ends) {
      if (this.#subscriptions.to(end.channel).length > 0) this.#channel(end.channel).streams.end(end);
    }
  }

  /** A user asks for all its subscriptions. */
  request(user: number): void {
    const [first, end] = this.#subscriptions.rangeOf(user);
    for (let subscription = first; subscription < end; subscription += 1) {
      this.#channelOf(subscription).request(subscription);
      this.#subscriptions.confirmedAt[subscription] = Number.POSITIVE_INFINITY;
    }
  }

  /** The server took note of a subscription. Says whether it was waited for. */
  confirm(user: number, channel: number, at: number): boolean {
    const subscription = this.#subscriptions.find(user, channel);
    if (this.#subscriptions.confirmedAt[subscription] !== Number.POSITIVE_INFINITY) return false;
    this.#subscriptions.confirmedAt[subscription] = at;
    this.#channel(channel).confirm(subscription);
    return true;
  }

  /** The subscriptions of a user are over. What may have been under way is not lost. */
  end(user: number, at: number): void {
    const [first, end] = this.#subscriptions.rangeOf(user);
    for (let subscription = first; subscription < end; subscription += 1) {
      if (this.#subscriptions.isConfirmed(subscription)) {
        const channel = this.#channelOf(subscription);
        this.#tellLost(subscription, channel.lostAtEnd(subscription, at));
        channel.leave(subscription);
      }
      this.#subscriptions.confirmedAt[subscription] = Number.NaN;
      this.#absences.delete(subscription);
    }
  }

  /**
   * A publication was delivered. Says whether the user is one that subscribes to the channel: it asks for all its
   * channels as soon as it is connected and keeps them until it is not, so that no other one can be under way to it.
   */
  deliver(user: number, publication: Readonly<Publication>, at: number): boolean {
    const subscription = this.#subscriptions.find(user, publication.channel);
    if (subscription < 0) return false;
    if (this.#subscriptions.isThere(subscription) && this.#isOurs(publication, at)) {
      this.#channel(publication.channel).deliver(subscription, publication, at);
    }
    return true;
  }

  /** Forgets what cannot matter any more. Called about once a second. */
  sweep(now: number): void {
    for (const [subscription, absences] of this.#absences) {
      if (now - (this.#subscriptions.confirmedAt[subscription] ?? now) > EARLY) absences.forgetEarly();
      if (absences.isEmpty) this.#absences.delete(subscription);
    }
  }

  /** Whether all that is known to be owed has come. */
  get isComplete(): boolean {
    for (const channel of this.#channels.values()) {
      for (const [, lost] of channel.lostAtLast()) if (lost.length > 0) return false;
    }
    return true;
  }

  /** The run is over. When it was waited for long enough, everything owed and not come is lost. */
  finish(at: number, wasWaitedFor: boolean): void {
    for (const channel of this.#channels.values()) {
      for (const [subscription, lost] of channel.lostAtLast()) {
        this.#tellLost(subscription, wasWaitedFor ? lost : channel.lostAtEnd(subscription, at));
        this.#subscriptions.confirmedAt[subscription] = Number.NaN;
      }
      channel.close();
    }
  }

  /** Whether a load process can have made it: what others publish, or a target makes up, is in no log. */
  #isOurs({ publisher, sequence, intended }: Readonly<Publication>, at: number): boolean {
    // Nobody publishes before it is time.
    const isPast = Number.isFinite(intended) && intended <= at + CLOCKS_DIFFER;
    return isPast && isCount(publisher) && publisher < this.#publishers && isCount(sequence);
  }

  #tellLost(subscription: number, lost: readonly number[]): void {
    for (const intended of lost) this.#lost(this.#subscriptions.userOf(subscription), intended);
  }

  #channelOf(subscription: number): Channel {
    return this.#channel(this.#subscriptions.channelOf(subscription));
  }

  #channel(number: number): Channel {
    let channel = this.#channels.get(number);
    if (channel === undefined) {
      channel = new Channel(number, this.#options);
      this.#channels.set(number, channel);
    }
    return channel;
  }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
