/** What the users of one server worker saw since the last cut. Times come in as seconds. */
import { createHistogram, type Histogram, type WorkerWindow } from '../results/index.ts';

/** The counters of a worker's window, plain fields because they change with every message. */
export type Counts = Pick<
  WorkerWindow,
  'sent' | 'answered' | 'timedOut' | 'lost' | 'duplicated' | 'reordered' | 'pushed'
>;

const noCounts: Counts = {
  sent: 0,
  answered: 0,
  timedOut: 0,
  lost: 0,
  duplicated: 0,
  reordered: 0,
  pushed: 0,
};

/** Times of one kind. Takes memory only once it is used. */
export class Distribution {
  #histogram: Histogram | undefined;

  record(seconds: number): void {
    this.#histogram ??= createHistogram();
    this.#histogram.record(seconds * 1e6);
  }

  /** Encodes what was recorded since the last cut; undefined when that is nothing. */
  cut(): string | undefined {
    if (this.#histogram === undefined || this.#histogram.count === 0) return undefined;
    const encoded = this.#histogram.encode();
    this.#histogram.reset();
    return encoded;
  }
}

/** The counters and times of one worker, from cut to cut. */
export class WorkerRecord {
  /** The worker's name. */
  readonly name: string;
  readonly counts: Counts = { ...noCounts };
  readonly response = new Distribution();
  readonly service = new Distribution();
  readonly push = new Distribution();
  readonly connect = new Distribution();
  /** Sockets open now. */
  open = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** Tells what was counted since the last cut, and starts over. */
  cut(): WorkerWindow {
    const window: WorkerWindow = { worker: this.name, open: this.open, ...this.counts };
    for (const kind of ['response', 'service', 'push', 'connect'] as const) {
      const encoded = this[kind].cut();
      if (encoded !== undefined) window[kind] = encoded;
    }
    Object.assign(this.counts, noCounts);
    return window;
  }
}
