/**
 * One channel and what its subscriptions have seen of it. As long as all see the same order, a delivery is one
 * comparison with the log; everything else is the exception.
 */
import type { Publication } from '../../drivers/index.ts';
import { Absences } from './absences.ts';
import { ChannelLog, MOST_ENTRIES, type TellSpread } from './channel-log.ts';
import { GapDates, isMadeUp, type Stretch } from './dates.ts';
import { Streams, type StreamsOptions } from './streams.ts';
import type { Subscriptions } from './subscriptions.ts';

/** What all channels have in common. */
export interface ChannelOptions extends StreamsOptions {
  subscriptions: Subscriptions;
  /** By subscription, for those that have something to remember. */
  absences: Map<number, Absences>;
  /** Seconds after which what has not come on a broken connection was more than under way. */
  underWay: number;
  duplicated(user: number): void;
  reordered(user: number): void;
  spread: TellSpread;
  /** The times at which a publisher of the run is to publish to a channel, in order. */
  planned(channel: number, stretch: Stretch): readonly number[];
}

/** One channel. */
export class Channel {
  readonly streams: Streams;
  readonly #number: number;
  readonly #log: ChannelLog;
  readonly #options: ChannelOptions;
  readonly #subscriptions: Subscriptions;
  readonly #absences: Map<number, Absences>;
  readonly #dates: GapDates;
  /** Confirmed subscriptions. */
  #subscribers = 0;

  constructor(number: number, options: ChannelOptions) {
    this.#number = number;
    this.#options = options;
    this.#subscriptions = options.subscriptions;
    this.#absences = options.absences;
    this.#log = new ChannelLog(number, options.spread);
    this.streams = new Streams(options);
    this.#dates = new GapDates(this.#planned);
  }

  /** A subscription is asked for. */
  request(subscription: number): void {
    this.#subscriptions.positions[subscription] = this.#log.tail;
    this.#subscriptions.starts[subscription] = this.#log.tail;
  }

  /** A subscription was confirmed: what is seen first from now on is expected to reach it. */
  confirm(subscription: number): void {
    this.#subscriptions.expectedFrom[subscription] = this.#log.tail;
    this.#subscribers += 1;
  }

  /** A confirmed subscription is over: what it has not had is not expected to reach it any more. */
  leave(subscription: number): void {
    const { expectedFrom, positions } = this.#subscriptions;
    const position = positions[subscription] ?? 0;
    const absences = this.#absences.get(subscription);
    const from = absences === undefined ? position : this.#log.head;
    this.#subscribers -= 1;
    for (let index = Math.max(from, expectedFrom[subscription] ?? 0); index < this.#log.tail; index += 1) {
      const [publisher, sequence] = [this.#log.publisherOf(index), this.#log.sequenceOf(index)];
      if (index >= position || absences?.get(publisher, sequence) !== undefined) this.#log.forgo(index);
    }
  }

  /** A publication was delivered to a subscription. */
  deliver(subscription: number, publication: Readonly<Publication>, at: number): void {
    const position = this.#subscriptions.positions[subscription] ?? 0;
    if (this.#log.is(position, publication.publisher, publication.sequence)) {
      this.#accept(subscription, position, publication, at);
    } else this.#place(subscription, publication, at);
  }

  /**
   * Intended times of what is lost for certain when a subscription ends: what was overtaken, and what was to come so
   * long ago that it was more than under way.
   */
  lostAtEnd(subscription: number, at: number): number[] {
    return this.#missing(subscription, at - this.#options.underWay);
  }

  /** Tells of each subscription that is there what is lost when nothing comes any more, by its intended times. */
  *lostAtLast(): Generator<[subscription: number, lost: readonly number[]]> {
    for (const subscription of this.#subscriptions.to(this.#number)) {
      if (!this.#subscriptions.isConfirmed(subscription)) continue;
      yield [subscription, this.#missing(subscription, Number.POSITIVE_INFINITY)];
    }
  }

  /** Nothing comes any more: what has not reached all it was expected to reach tells its spread. */
  close(): void {
    this.#log.dropUntil(this.#log.tail);
  }

  /** What comes is what is expected, or follows it. */
  #accept(
    subscription: number,
    index: number,
    { publisher, sequence, intended }: Readonly<Publication>,
    at: number,
  ): void {
    if (this.#isOvertaken(subscription, index)) {
      this.#options.reordered(this.#subscriptions.userOf(subscription));
    }
    this.#subscriptions.positions[subscription] = index + 1;
    this.#log.deliver(index, at);
    if (intended < (this.#subscriptions.confirmedAt[subscription] ?? 0)) {
      this.#absencesOf(subscription).noteEarly(publisher, sequence);
    }
    if (this.#absences.size > 0) this.#absences.get(subscription)?.overtake(publisher, sequence);
  }

  /** What comes is not what is expected. */
  #place(subscription: number, publication: Readonly<Publication>, at: number): void {
    const passedOver = this.streams.passedOver(publication.publisher, publication.sequence);
    if (isMadeUp(publication, passedOver, this.#planned)) return;
    const index = this.#find(subscription, publication);
    const position = this.#subscriptions.positions[subscription] ?? 0;
    if (index < position) return this.#takeLate(subscription, index, publication, at);
    this.#skip(subscription, position, index);
    this.#accept(subscription, index, publication, at);
  }

  /** Finds the entry of a publication, makes one when nobody has seen it before. -1 when it has left the log. */
  #find(subscription: number, { publisher, sequence, intended }: Readonly<Publication>): number {
    const isNew = this.streams.isNew(publisher, sequence);
    const position = this.#subscriptions.positions[subscription] ?? 0;
    const found = isNew ? -1 : this.#log.indexOf(publisher, sequence, position);
    const gap = isNew || found >= 0 ? undefined : this.streams.gapOf(publisher, sequence);
    if (!isNew && gap === undefined) return found;
    if (this.#log.isFull) this.#makeRoom();
    const index = this.#log.append(publisher, sequence, intended, this.#subscribers);
    if (gap === undefined) {
      this.streams.see(publisher, sequence, intended, index);
    } else {
      this.streams.fill(gap, sequence, index);
      this.#log.disordered.set(index, gap.overtakers);
    }
    return index;
  }

  /** What comes lies behind: late, once more, or from before the confirmation. */
  #takeLate(
    subscription: number,
    index: number,
    { publisher, sequence, intended }: Readonly<Publication>,
    at: number,
  ): void {
    const user = this.#subscriptions.userOf(subscription);
    const absence = this.#absences.get(subscription)?.remove(publisher, sequence);
    const isEarly = intended < (this.#subscriptions.confirmedAt[subscription] ?? 0);
    if (absence?.isOvertaken) this.#options.reordered(user);
    if (absence === undefined && !isEarly) {
      const wasForgotten = index < 0 && this.#absences.get(subscription)?.removeForgotten();
      if (!wasForgotten) return this.#options.duplicated(user);
    }
    if (isEarly && this.#absencesOf(subscription).noteEarly(publisher, sequence)) {
      return this.#options.duplicated(user);
    }
    this.#absences.get(subscription)?.overtake(publisher, sequence);
    if (index >= 0) this.#log.deliver(index, at);
  }

  /** Remembers the owed ones among the entries a subscription passes over. */
  #skip(subscription: number, from: number, to: number): void {
    const confirmedAt = this.#subscriptions.confirmedAt[subscription] ?? 0;
    for (let index = from; index < to; index += 1) {
      const intended = this.#log.intendedOf(index);
      if (intended < confirmedAt) continue;
      const [publisher, sequence] = [this.#log.publisherOf(index), this.#log.sequenceOf(index)];
      const isOvertaken = this.#isOvertaken(subscription, index);
      this.#absencesOf(subscription).add(publisher, sequence, { intended, isOvertaken });
    }
  }

  /** Whether a subscription had a later publication of the same publisher before an entry that comes out of order. */
  #isOvertaken(subscription: number, index: number): boolean {
    const overtakers = this.#log.disordered.size === 0 ? undefined : this.#log.disordered.get(index);
    if (overtakers === undefined) return false;
    const publisher = this.#log.publisherOf(index);
    const end = Math.min(index, this.#subscriptions.positions[subscription] ?? 0);
    const start = this.#subscriptions.starts[subscription] ?? 0;
    const absences = this.#absences.get(subscription);
    // One that is absent tells whether any later one came: that may have left the log meanwhile.
    const had = (entry: number, sequence: number): boolean =>
      entry >= start && entry < end && (absences?.get(publisher, sequence)?.isOvertaken ?? true);
    if (overtakers.some((overtaker) => had(overtaker.index, overtaker.sequence))) return true;
    for (let before = end - 1; before >= Math.max(start, this.#log.head); before -= 1) {
      const later = this.#log.sequenceOf(before);
      const isLater = this.#log.publisherOf(before) === publisher && later > this.#log.sequenceOf(index);
      if (isLater && had(before, later)) return true;
    }
    return false;
  }

  #makeRoom(): void {
    const log = this.#log;
    const { positions, confirmedAt } = this.#subscriptions;
    const all = this.#subscriptions.to(this.#number).filter((one) => this.#subscriptions.isThere(one));
    log.dropUntil(all.reduce((lowest, one) => Math.min(lowest, positions[one] ?? 0), log.tail));
    this.streams.keepGaps(({ before }) => all.some((one) => (confirmedAt[one] ?? 0) <= before));
    if (log.tail - log.head <= log.capacity / 2) return;
    if (log.capacity < MOST_ENTRIES) return log.grow();
    const head = log.tail - log.capacity / 2;
    for (const one of all) {
      const position = positions[one] ?? 0;
      if (position >= head) continue;
      this.#skip(one, position, head);
      positions[one] = head;
    }
    log.dropUntil(head);
  }

  /** Intended times of what is owed to a subscription and has not come: overtaken, or intended before a time. */
  #missing(subscription: number, intendedBefore: number): number[] {
    const position = this.#subscriptions.positions[subscription] ?? 0;
    const confirmedAt = this.#subscriptions.confirmedAt[subscription] ?? 0;
    const missing = this.#absences.get(subscription)?.lost(intendedBefore) ?? [];
    for (let index = position; index < this.#log.tail; index += 1) {
      const intended = this.#log.intendedOf(index);
      if (intended < confirmedAt) continue;
      if (intended < intendedBefore || this.#isOvertaken(subscription, index)) missing.push(intended);
    }
    for (const gap of this.streams.unseen(intendedBefore)) {
      const isPassed = (gap.overtakers[0]?.index ?? Number.POSITIVE_INFINITY) < position;
      for (const intended of this.#dates.owed(gap, confirmedAt)) {
        if (isPassed || intended < intendedBefore) missing.push(intended);
      }
    }
    return missing;
  }

  readonly #planned = (stretch: Stretch): readonly number[] => this.#options.planned(this.#number, stretch);

  #absencesOf(subscription: number): Absences {
    let absences = this.#absences.get(subscription);
    if (absences === undefined) {
      absences = new Absences();
      this.#absences.set(subscription, absences);
    }
    return absences;
  }
}
