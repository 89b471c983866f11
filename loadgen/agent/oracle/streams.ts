/**
 * What each publisher of one channel has published: seen here, or made here. Sequence numbers that were jumped
 * over are gaps: publications that nobody of this process has seen, yet.
 *
 * When the connection of a publisher breaks, its numbers go on at the next multiple of `EPOCH`: what was under
 * way then may have reached the target or not, and a gap up to there says nothing.
 */

import type { Overtaker } from './channel-log.ts';

interface Stream {
  /** The sequence number after the greatest one seen, and the intended time of that one. */
  next: number;
  seenIntended: number;
  /** The same of those made by a user of this process. */
  made: number;
  madeIntended: number;
  /** Of the latest of these that were not seen yet: sequence number and intended time. */
  unseen: (readonly [sequence: number, intended: number])[];
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
  readonly #options: StreamsOptions;
  #gaps: Gap[] = [];

  constructor(options: StreamsOptions) {
    this.#options = options;
  }

  get gaps(): readonly Gap[] {
    return this.#gaps;
  }

  /** A user of this process publishes. Tells the sequence number. */
  make(publisher: number, intended: number): number {
    const stream = this.#of(publisher);
    const sequence = Math.max(stream.made, this.#options.breaksOf(publisher) * EPOCH);
    stream.made = sequence + 1;
    stream.madeIntended = intended;
    stream.unseen.push([sequence, intended]);
    if (stream.unseen.length > MOST_UNSEEN) stream.unseen.shift();
    return sequence;
  }

  /** Whether a publication lies behind all that were seen of its publisher. */
  isNew(publisher: number, sequence: number): boolean {
    return sequence >= (this.#streams.get(publisher)?.next ?? 0);
  }

  /** A new publication was seen first; its entry in the log is `index`. */
  see(publisher: number, sequence: number, intended: number, index: number): void {
    const stream = this.#of(publisher);
    const from = Math.max(stream.next, sequence - (sequence % EPOCH));
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

  /** What users of this process published last, and nobody of it has seen. */
  tails(): Gap[] {
    return Array.from(this.#streams, ([publisher, stream]) => {
      const { next, seenIntended, made, madeIntended } = stream;
      const from = Math.max(next, this.#options.breaksOf(publisher) * EPOCH);
      const after = made === from + 1 ? madeIntended : seenIntended;
      const times = new Map(stream.unseen);
      return { publisher, from, to: made, after, before: madeIntended, times, overtakers: [] };
    }).filter(({ from, to }) => from < to);
  }

  #of(publisher: number): Stream {
    let stream = this.#streams.get(publisher);
    if (stream === undefined) {
      stream = {
        next: 0,
        seenIntended: this.#options.earliest(publisher),
        made: 0,
        madeIntended: Number.NaN,
        unseen: [],
      };
      this.#streams.set(publisher, stream);
    }
    return stream;
  }
}
