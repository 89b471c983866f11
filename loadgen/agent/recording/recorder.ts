/**
 * Counts what one load process sees, until the second is over and its window is closed. Every window is
 * added to the totals, so that whoever collects the windows can prove that none is missing.
 */
import { COUNTED, type Fanout, type OwnVisits, RARE, type Totals, type Window } from '../../results/index.ts';
import { Audience } from './audience.ts';
import { ClosedWindow, closeAll, type Encoding, type Unread } from './closed-window.ts';
import { Distribution } from './distribution.ts';
import { WorkerRecord } from './worker-record.ts';

/** Counters of the totals that are summed over the windows of all workers. */
const summed = [...COUNTED, ...RARE];

/** Most workers told apart: each takes half a megabyte, and what a target calls its workers is its own affair. */
const MOST_WORKERS = 256;

/** What counts for those beyond, as for workers of a target that names none. */
const UNNAMED_WORKER = '-';

/** The counters of one load process: of the current window, and of its whole life. */
export class Recorder {
  readonly audience = new Audience();
  readonly #process: number;
  readonly #readLoad: () => Window['load'];
  readonly #workers = new Map<string, WorkerRecord>();
  readonly #own = {
    lateness: new Distribution(),
    arrival: new Distribution(),
    loopDelay: new Distribution(),
  };
  readonly #fanout = { first: new Distribution(), median: new Distribution(), last: new Distribution() };
  readonly #totals: Required<Omit<Totals, 'inFlight'>> = {
    sent: 0,
    answered: 0,
    timedOut: 0,
    lost: 0,
    duplicated: 0,
    reordered: 0,
    published: 0,
    publishedUnasked: 0,
    pushed: 0,
    unsent: 0,
    connected: 0,
    failed: 0,
    dropped: 0,
    left: 0,
    pushLost: 0,
    pushDuplicated: 0,
    pushReordered: 0,
    pushUnasked: 0,
    subscribed: 0,
    pushForeign: 0,
  };
  #started = 0;
  #window = newWindow();

  /** `process` is the number of the load process; `readLoad` is asked once a window. */
  constructor(process: number, readLoad: () => Window['load']) {
    this.#process = process;
    this.#readLoad = readLoad;
  }

  /** Finds the record of a worker; answers, losses and pushes are counted there. */
  worker(name: string): WorkerRecord {
    const known = this.#workers.get(name);
    if (known !== undefined) return known;
    if (this.#workers.size >= MOST_WORKERS && name !== UNNAMED_WORKER) return this.worker(UNNAMED_WORKER);
    const record = new WorkerRecord(name);
    this.#workers.set(name, record);
    return record;
  }

  /** A user begins to connect for the first time. */
  started(): void {
    this.#started += 1;
  }

  /** A connection began this many seconds after it should have. */
  arrived(lateness: number): void {
    this.#own.arrival.record(lateness);
  }

  /** The process slept in a way that may be late by so much where nothing disturbs it, milliseconds. */
  slept(resolutionMs: number): void {
    this.#window.resolutionMs = Math.max(this.#window.resolutionMs, resolutionMs);
  }

  /** A connection took this many seconds from when it was to begin, handshake included. */
  opened(worker: WorkerRecord, seconds: number): void {
    worker.open += 1;
    worker.connect.record(seconds);
    this.#totals.connected += 1;
  }

  /** A user that had been connected before is ready again. */
  returned(): void {
    this.#window.returned += 1;
  }

  /** A user left because it was its time. */
  left(worker: WorkerRecord): void {
    worker.open -= 1;
    this.#window.left += 1;
    this.#totals.left += 1;
  }

  /** A connection never came to be. */
  failed(cause: string): void {
    countIn(this.#window.failed, cause);
    this.#totals.failed += 1;
  }

  /** An open connection ended though nobody asked. */
  dropped(worker: WorkerRecord, cause: string): void {
    worker.open -= 1;
    countIn(this.#window.dropped, cause);
    this.#totals.dropped += 1;
  }

  /** The process looked up this many seconds after it was to. */
  looked(delay: number): void {
    this.#own.loopDelay.record(delay);
  }

  /** A send left this many seconds after it should have. One that was due whenever it left has no lateness. */
  sent(worker: WorkerRecord, lateness?: number): void {
    worker.counts.sent += 1;
    if (lateness !== undefined) this.#own.lateness.record(lateness);
  }

  /** A publication left, as late as a send. Nobody answers it, so no worker counts it. */
  published(channel: string, lateness?: number): void {
    this.#window.published += 1;
    this.#totals.published += 1;
    if (!this.audience.mayHear(channel)) this.#totals.publishedUnasked += 1;
    if (lateness !== undefined) this.#own.lateness.record(lateness);
  }

  /** A publication has reached its subscribers; seconds from its intended time to the first, median and last. */
  spread({ first, median, last }: Readonly<Record<keyof Fanout, number>>): void {
    this.#fanout.first.record(first);
    this.#fanout.median.record(median);
    this.#fanout.last.record(last);
  }

  /** Turns passed by on a user that was not ready. */
  unsent(count: number): void {
    this.#window.unsent += count;
    this.#totals.unsent += count;
  }

  /** Something of a behaviour of the scenario's own ended with an error of this name. */
  thrown(name: string): void {
    countIn(this.#window.thrown, name);
  }

  /** A visit of a user whose group has a behaviour of its own began, or ended with its first error. */
  visit(group: string, what: 'begun' | 'threw'): void {
    const visits = this.#window.visits.get(group) ?? { group, begun: 0, threw: 0 };
    visits[what] += 1;
    this.#window.visits.set(group, visits);
  }

  /**
   * Ends the current window and begins the next, which costs next to nothing: histograms are encoded later, one by
   * one. All of them are to be encoded before the next window is closed. Empty ones are left out.
   */
  close(second: number): ClosedWindow {
    const closed = Array.from(this.#workers.values(), (worker) => worker.close());
    const workers = closed.map(({ window }) => window);
    for (const worker of workers) for (const name of summed) this.#totals[name] += worker[name] ?? 0;
    const open = workers.reduce((sum, worker) => sum + worker.open, 0);
    const { failed, dropped, left, returned, unsent, published, thrown, visits, resolutionMs } = this.#window;
    this.#window = newWindow();
    const window: Unread = {
      type: 'window',
      process: this.#process,
      second,
      users: { started: this.#started, open, failed, dropped, left, returned },
      unsent,
      published,
      workers,
      ...(Object.keys(thrown).length === 0 ? {} : { thrown }),
      ...(visits.size === 0 ? {} : { visits: [...visits.values()] }),
      ...(resolutionMs === 0 ? {} : { resolutionMs }),
    };
    const own = [...this.#closeFanout(window), ...this.#closeOwn(window)];
    return new ClosedWindow(
      window,
      [...closed.flatMap(({ encodings }) => encodings), ...own],
      this.#readLoad,
    );
  }

  /** Closes the current window and encodes all of it at once. */
  cut(second: number): Window {
    return this.close(second).encodeAll();
  }

  /** The sum of all windows closed so far; `inFlight` is what still waits for an answer. */
  totals(inFlight: number): Totals {
    return { ...this.#totals, inFlight };
  }

  #closeOwn(window: Unread): Encoding[] {
    return closeAll(this.#own, (name, encoded) => {
      window[name] = encoded;
    });
  }

  /** Its three are always recorded together. */
  #closeFanout(window: Unread): Encoding[] {
    const fanout: NonNullable<Window['fanout']> = { first: '', median: '', last: '' };
    const encodings = closeAll(this.#fanout, (name, encoded) => {
      fanout[name] = encoded;
    });
    if (encodings.length > 0) window.fanout = fanout;
    return encodings;
  }
}

type ByName = Record<string, number>;

function newWindow() {
  const byName: { failed: ByName; dropped: ByName; thrown: ByName } = { failed: {}, dropped: {}, thrown: {} };
  const visits = new Map<string, OwnVisits>();
  return { ...byName, visits, left: 0, returned: 0, unsent: 0, published: 0, resolutionMs: 0 };
}

function countIn(counts: ByName, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
