/** Who of one group subscribes to what and who publishes where, drawn by the seed. */
import type { PlannedBehaviour } from '../plan.ts';
import { PUBLICATION_COUNTER, TOPOLOGY_COUNTER, uniform } from '../random.ts';
import { Popularity } from './popularity.ts';
import { countOfShare, Spread, strides } from './spread.ts';

/** The behaviour of a group that has channels. */
export type PlannedChannels = Extract<PlannedBehaviour, { kind: 'channels' }>;

/** Marks an entry that was not drawn yet. */
const NOT_DRAWN = -1;

/** The name of a channel by its number. */
export function channelName(channel: number): string {
  return `bench/${channel}`;
}

/**
 * The channels of one group. Numbers of channels begin at `first`. A user is named by its number in the run and
 * by that in the group, its place.
 */
export class GroupChannels {
  /** How many users publish. */
  readonly publishers: number;
  readonly #seed: number;
  readonly #first: number;
  readonly #behaviour: PlannedChannels;
  readonly #popularity: Popularity | null;
  readonly #subscribers: number;
  readonly #publisherSpread: Spread;
  readonly #subscriberSpread: Spread;
  /** Subscriptions of each publisher, drawn at its first publication: no further one makes a list. */
  readonly #own: Int32Array;

  constructor(options: { seed: number; first: number; users: number; behaviour: PlannedChannels }) {
    const { seed, first, users, behaviour } = options;
    const { channels, popularity, publishers, subscribers, subscriptions, publishTo } = behaviour;
    this.#seed = seed;
    this.#first = first;
    this.#behaviour = behaviour;
    this.#popularity = popularity === 'even' ? null : new Popularity(channels, popularity.zipf);
    this.publishers = countOfShare(users, publishers);
    this.#subscribers = countOfShare(users, subscribers);
    this.#publisherSpread = new Spread(users, strides.publishers);
    this.#subscriberSpread = new Spread(users, strides.subscribers);
    const remembered = publishTo === 'own' ? this.publishers * subscriptions : 0;
    this.#own = new Int32Array(remembered).fill(NOT_DRAWN);
  }

  /** Tells whether a user publishes. The first of a group does if any does. */
  isPublisher(place: number): boolean {
    return this.#publisherSpread.positionOf(place) < this.publishers;
  }

  /** The numbers of the channels a user subscribes to, all different. */
  subscriptionsOf(user: number, place: number): number[] {
    const { subscriptions, channels } = this.#behaviour;
    if (!this.#isSubscriber(place)) return [];
    const draw = (n: number) => uniform(this.#seed, user, TOPOLOGY_COUNTER + n);
    const drawn =
      this.#popularity?.sample(subscriptions, draw) ?? sampleEvenly(channels, subscriptions, draw);
    return drawn.map((channel) => this.#first + channel);
  }

  /** The channel of a user's n-th publication, from 0: an own one, or any. */
  publicationChannel(user: number, place: number, n: number): number {
    const draw = uniform(this.#seed, user, PUBLICATION_COUNTER + n);
    const { subscriptions, channels } = this.#behaviour;
    if (this.isOwn(place)) {
      return this.#ownChannel(user, place, Math.floor(draw * subscriptions));
    }
    return this.#first + (this.#popularity?.channelOf(draw) ?? Math.floor(draw * channels));
  }

  /** Deliveries of one publication to any channel, on average, given the subscribers of each by its number. */
  reachOfAny(subscribers: Readonly<Uint32Array>): number {
    const all = subscribers.subarray(this.#first, this.#first + this.#behaviour.channels);
    return all.reduce((sum, count, channel) => sum + count * this.#shareOf(channel), 0);
  }

  /** Whether a user publishes to its own subscriptions. */
  isOwn(place: number): boolean {
    const { subscriptions, publishTo } = this.#behaviour;
    return publishTo === 'own' && subscriptions > 0 && this.#isSubscriber(place);
  }

  #shareOf(channel: number): number {
    return this.#popularity?.shareOf(channel) ?? 1 / this.#behaviour.channels;
  }

  #isSubscriber(place: number): boolean {
    return this.#subscriberSpread.positionOf(place) < this.#subscribers;
  }

  #ownChannel(user: number, place: number, choice: number): number {
    const rank = this.#publisherSpread.positionOf(place);
    if (rank >= this.publishers) return this.subscriptionsOf(user, place)[choice] ?? NOT_DRAWN;
    const start = rank * this.#behaviour.subscriptions;
    if (this.#own[start] === NOT_DRAWN) this.#own.set(this.subscriptionsOf(user, place), start);
    return this.#own[start + choice] ?? NOT_DRAWN;
  }
}

/** Floyd's sampling: one draw for each number chosen, however many there are to choose from. */
function sampleEvenly(from: number, count: number, draw: (n: number) => number): number[] {
  const chosen = new Set<number>();
  for (let last = from - count; last < from; last += 1) {
    const drawn = Math.floor(draw(last) * (last + 1));
    chosen.add(chosen.has(drawn) ? last : drawn);
  }
  return [...chosen];
}
