/**
 * Puts together what load processes tell of the same publication: its first and its last subscriber are those of all
 * processes, exactly. Its median is the mean of theirs by their subscribers, who are dealt out evenly: the delivery
 * times themselves stay where they are.
 */
import type { SpreadsReport } from '../../agent/index.ts';
import { createHistogram, type Fanout, type Window } from '../../results/index.ts';

/** Most publications of which the rest is waited for, whatever the time. */
const MOST_WAITING = 65_536;

/** One publication, in microseconds, as far as it was told. */
interface Joined {
  /** The second in which it was first told. */
  since: number;
  /** Load processes whose word is awaited. */
  awaited: number;
  delivered: number;
  first: number;
  /** Sum of the medians, each times the subscribers it is of. */
  medians: number;
  last: number;
}

/** What a join has to know of the run. */
export interface FanoutJoinOptions {
  /** How many load processes have subscribers of each channel. One, where that is not told. */
  tellers: readonly number[];
  /**
   * Seconds until a publication counts as far as it was told. Longer, and figures of now would come at the end, where
   * the subscribers of a load process are away. What comes of it even later counts by itself.
   */
  waitFor: number;
}

/** The publications of a run with several load processes. */
export class FanoutJoin {
  readonly #options: FanoutJoinOptions;
  /** In the order in which they were first told. */
  readonly #waiting = new Map<string, Joined>();
  readonly #speaking: Set<number>;
  #whole: Joined[] = [];
  /** The latest second that was asked for. */
  #second = 0;

  constructor(processes: number, options: FanoutJoinOptions = { tellers: [], waitFor: 0 }) {
    this.#options = options;
    this.#speaking = new Set(Array.from({ length: processes }, (_, process) => process));
  }

  /** Takes what a load process tells. */
  add({ process, spreads, isLast }: Pick<SpreadsReport, 'process' | 'spreads' | 'isLast'>): void {
    for (const spread of spreads) this.#join(spread);
    if (isLast) this.end(process);
  }

  /** A load process tells nothing more. With the last one, nothing is waited for. */
  end(process: number): void {
    this.#speaking.delete(process);
    if (this.#speaking.size > 0) return;
    this.#whole.push(...this.#waiting.values());
    this.#waiting.clear();
  }

  /** Puts into a window what counts since the one before. */
  into(window: Window): Window {
    const fanout = this.take(window.second);
    return fanout === undefined ? window : { ...window, fanout };
  }

  /** Tells of the publications that count since it was asked, in this second; undefined when there are none. */
  take(second: number): Fanout | undefined {
    this.#second = Math.max(this.#second, second);
    this.#giveUp();
    if (this.#whole.length === 0) return undefined;
    const whole = this.#whole;
    this.#whole = [];
    return {
      first: encode(whole.map(({ first }) => first)),
      median: encode(whole.map(({ medians, delivered }) => medians / delivered)),
      last: encode(whole.map(({ last }) => last)),
    };
  }

  #join([channel = 0, publisher, sequence, delivered = 0, first = 0, median = 0, last = 0]: number[]): void {
    const key = `${channel} ${publisher} ${sequence}`;
    const before = this.#waiting.get(key);
    const joined: Joined = {
      since: before?.since ?? this.#second,
      awaited: (before?.awaited ?? this.#options.tellers[channel] ?? 1) - 1,
      delivered: (before?.delivered ?? 0) + delivered,
      first: Math.min(before?.first ?? first, first),
      medians: (before?.medians ?? 0) + median * delivered,
      last: Math.max(before?.last ?? last, last),
    };
    if (joined.awaited > 0) this.#waiting.set(key, joined);
    else this.#complete(key, joined);
    if (this.#waiting.size > MOST_WAITING) this.#giveUp();
  }

  /** Waits no longer for the rest of the oldest ones, for want of time or of room. */
  #giveUp(): void {
    for (const [key, joined] of this.#waiting) {
      const isDue = joined.since + this.#options.waitFor < this.#second;
      if (!isDue && this.#waiting.size <= MOST_WAITING) return;
      this.#complete(key, joined);
    }
  }

  #complete(key: string, joined: Joined): void {
    this.#waiting.delete(key);
    this.#whole.push(joined);
  }
}

function encode(micros: readonly number[]): string {
  const histogram = createHistogram();
  for (const value of micros) histogram.record(value);
  const encoded = histogram.encode();
  histogram.destroy();
  return encoded;
}
