/**
 * What each publisher of one channel has published: seen here, made here, or told of at the end by the process that
 * made it. Sequence numbers that were jumped over are gaps: publications that nobody of this process has seen, yet.
 * Those behind the last one seen are the tail.
 *
 * When the connection of a publisher breaks, its numbers go on at the next multiple of `EPOCH`: what was under
 * way then may have reached the target or not, and a gap up to there says nothing.
 */

import type { Overtaker } from './channel-log.ts';

interface Stream {
  readonly publisher: number;
  /** The sequence number after the greatest one seen, and the intended time of that one. */
  next: number;
  seenIntended: number;
  /** The same of those made, as far as this process knows: by a user of its own, or as another process told. */
  made: number;
  madeIntended: number;
  isOwn: boolean;
  /** Of the latest of these that were not seen yet: sequence number and intended time. */
  unseen: (readonly [sequence: number, intended: number])[];
  /** What was made and not seen, as it was when somebody asked. */
  tail: Gap | undefined;
}

/** Where a publisher of one channel stands. */
export interface StreamEnd {
  /** The number it would publish under next. */
  next: number;
  publisher: number;
  /** Intended time of what it published last, seconds. */
  intended: number;
}

/** Most publications of one publisher whose times are remembered until they are seen. */
const MOST_UNSEEN = 16;

/** Publications of one publisher nobody has seen. */
export interface Gap {
  publisher: number;
  from: number;
  /** Exclusive. */
  to: number;
  /** They were intended after this time and before that one, seconds. */
  after: number;
  before: number;
  /** Their times by sequence number, as far as they are known. */
  times: ReadonlyMap<number, number>;
  /**
   * The publications behind them that were seen before them: first the one that revealed them, then those that were
   * found missing with them and came. Nothing has revealed the last ones.
   */
  overtakers: readonly Overtaker[];
}

/** More than anybody publishes to one channel over one connection. */
export const EPOCH = 2 ** 24;

/** What streams need to know. */
export interface StreamsOptions {
  /** Time before which a publisher, by its number within the whole run, has published nothing. */
  earliest(publisher: number): number;
  /** How often the connection of a publisher of this process broke. */
  breaksOf(publisher: number): number;
}

/** The publishers of one channel. */
export class Streams {
  readonly #streams = new Map<number, Stream>();
  /** Those of which something was made since somebody asked for tails, or was not seen then. */
  readonly #pending = new Set<Stream>();
  readonly #options: StreamsOptions;
  #gaps: Gap[] = [];

  constructor(options: StreamsOptions) {
    this.#options = options;
  }

  /** A user of this process publishes. Tells the sequence number. */
  make(publisher: number, intended: number): number {
    const stream = this.#of(publisher);
    const sequence = this.#nextOf(stream);
    stream.isOwn = true;
    stream.made = sequence + 1;
    stream.madeIntended = intended;
    this.#pending.add(stream);
    stream.unseen.push([sequence, intended]);
    if (stream.unseen.length > MOST_UNSEEN) stream.unseen.shift();
    return sequence;
  }

  /** Whether a publication lies behind all that were seen of its publisher. */
  isNew(publisher: number, sequence: number): boolean {
    return sequence >= (this.#streams.get(publisher)?.next ?? 0);
  }

  /** How many numbers of its publisher a new publication passes over. */
  passedOver(publisher: number, sequence: number): number {
    return sequence - Math.max(this.#streams.get(publisher)?.next ?? 0, sequence - (sequence % EPOCH));
  }

  /** A new publication was seen first; its entry in the log is `index`. */
  see(publisher: number, sequence: number, intended: number, index: number): void {
    const stream = this.#of(publisher);
    const from = sequence - this.passedOver(publisher, sequence);
    if (from < sequence) {
      const [after, before] = [stream.seenIntended, intended];
      this.#gaps.push({
        publisher,
        from,
        to: sequence,
        after,
        before,
        times: new Map(stream.unseen),
        overtakers: [{ index, sequence }],
      });
    }
    stream.next = sequence + 1;
    stream.seenIntended = intended;
    while ((stream.unseen[0]?.[0] ?? Number.POSITIVE_INFINITY) <= sequence) stream.unseen.shift();
  }

  /** Finds the gap that a publication would close a part of. */
  gapOf(publisher: number, sequence: number): Gap | undefined {
    return this.#gaps.find((gap) => gap.publisher === publisher && gap.from <= sequence && sequence < gap.to);
  }

  /** Closes the part of a gap that is a publication; its entry in the log is `index`. */
  fill(gap: Gap, sequence: number, index: number): void {
    const parts = [
      { ...gap, to: sequence, overtakers: [...gap.overtakers, { index, sequence }] },
      { ...gap, from: sequence + 1 },
    ];
    const place = this.#gaps.indexOf(gap);
    if (place >= 0) this.#gaps.splice(place, 1, ...parts.filter(({ from, to }) => from < to));
  }

  /** Forgets gaps nobody cares for. */
  keepGaps(matters: (gap: Gap) => boolean): void {
    if (this.#gaps.length > 0) this.#gaps = this.#gaps.filter(matters);
  }

  /** All that nobody has seen, in so far as anything of it was intended before a time or a later one was seen. */
  unseen(intendedBefore: number): readonly Gap[] {
    return this.#pending.size === 0 ? this.#gaps : [...this.#gaps, ...this.tails(intendedBefore)];
  }

  /** What was published last, as far as this process knows, and nobody of it has seen; not if all was intended later. */
  tails(intendedBefore = Number.POSITIVE_INFINITY): Gap[] {
    const tails: Gap[] = [];
    for (const stream of this.#pending) {
      const tail = this.#tailOf(stream, intendedBefore);
      if (tail !== undefined) tails.push(tail);
    }
    return tails;
  }

  /** Where the publishers of this process stand. */
  *ends(): Generator<StreamEnd> {
    for (const stream of this.#streams.values()) {
      const { publisher, madeIntended: intended, isOwn } = stream;
      if (isOwn) yield { publisher, next: this.#nextOf(stream), intended };
    }
  }

  /** Takes where a publisher of another process stands. */
  end({ publisher, next, intended }: StreamEnd): void {
    if (!this.isNew(publisher, next - 1)) return;
    const stream = this.#of(publisher);
    stream.made = next;
    stream.madeIntended = intended;
    stream.unseen = [[next - 1, intended]];
    this.#pending.add(stream);
  }

  #tailOf(stream: Stream, intendedBefore: number): Gap | undefined {
    const { publisher, next, seenIntended, made, madeIntended, unseen, tail } = stream;
    const from = Math.max(next, made - (made % EPOCH), this.#options.breaksOf(publisher) * EPOCH);
    if (from >= made) {
      this.#pending.delete(stream);
      return undefined;
    }
    const [oldest, oldestIntended] = unseen[0] ?? [made, madeIntended];
    if (oldest <= from && oldestIntended >= intendedBefore) return undefined;
    // The same one as long as nothing changes: what was found out about a gap is kept with it.
    if (tail?.from === from && tail.to === made) return tail;
    const after = made === from + 1 ? madeIntended : seenIntended;
    const times = new Map(unseen);
    stream.tail = { publisher, from, to: made, after, before: madeIntended, times, overtakers: [] };
    return stream.tail;
  }

  #nextOf({ publisher, made }: Stream): number {
    return Math.max(made, this.#options.breaksOf(publisher) * EPOCH);
  }

  #of(publisher: number): Stream {
    let stream = this.#streams.get(publisher);
    if (stream === undefined) {
      stream = {
        publisher,
        next: 0,
        seenIntended: this.#options.earliest(publisher),
        made: 0,
        madeIntended: Number.NaN,
        isOwn: false,
        unseen: [],
        tail: undefined,
      };
      this.#streams.set(publisher, stream);
    }
    return stream;
  }
}
