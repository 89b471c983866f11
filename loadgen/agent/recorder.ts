/**
 * Counts what one load process sees, until the second is over and a window is cut. Every window is added
 * to the totals, so that whoever collects the windows can prove that none is missing.
 */
import type { Totals, Window } from '../results/index.ts';
import { Distribution, WorkerRecord } from './worker-record.ts';

/** The counters of one load process: of the current window, and of its whole life. */
export class Recorder {
  readonly #process: number;
  readonly #readLoad: () => Window['load'];
  readonly #workers = new Map<string, WorkerRecord>();
  readonly #lateness = new Distribution();
  readonly #totals: Omit<Totals, 'inFlight'> = {
    sent: 0,
    answered: 0,
    timedOut: 0,
    lost: 0,
    duplicated: 0,
    reordered: 0,
    published: 0,
    pushed: 0,
    unsent: 0,
    connected: 0,
    failed: 0,
    dropped: 0,
  };
  #started = 0;
  #unsent = 0;
  #failed: Record<string, number> = {};
  #dropped: Record<string, number> = {};

  /** `process` is the number of the load process; `readLoad` is asked once a window. */
  constructor(process: number, readLoad: () => Window['load']) {
    this.#process = process;
    this.#readLoad = readLoad;
  }

  /** Finds the record of a worker; answers, losses and pushes are counted there. */
  worker(name: string): WorkerRecord {
    let record = this.#workers.get(name);
    if (record === undefined) {
      record = new WorkerRecord(name);
      this.#workers.set(name, record);
    }
    return record;
  }

  /** A user begins to connect. */
  started(): void {
    this.#started += 1;
  }

  /** A connection took this many seconds, handshake included. */
  opened(worker: WorkerRecord, seconds: number): void {
    worker.open += 1;
    worker.connect.record(seconds);
    this.#totals.connected += 1;
  }

  /** A connection never came to be. */
  failed(cause: string): void {
    this.#failed[cause] = (this.#failed[cause] ?? 0) + 1;
    this.#totals.failed += 1;
  }

  /** An open connection ended though nobody asked. */
  dropped(worker: WorkerRecord, cause: string): void {
    worker.open -= 1;
    this.#dropped[cause] = (this.#dropped[cause] ?? 0) + 1;
    this.#totals.dropped += 1;
  }

  /** A send left this many seconds after it should have. */
  sent(worker: WorkerRecord, lateness: number): void {
    worker.counts.sent += 1;
    this.#lateness.record(lateness);
  }

  /** A publication left this many seconds after it should have. Nobody answers it, so no worker counts it. */
  published(lateness: number): void {
    this.#totals.published += 1;
    this.#lateness.record(lateness);
  }

  /** Turns to send passed by on a user that was not ready. */
  unsent(count: number): void {
    this.#unsent += count;
    this.#totals.unsent += count;
  }

  /** Ends the current window and begins the next. Empty histograms are left out. */
  cut(second: number): Window {
    const workers = Array.from(this.#workers.values(), (worker) => worker.cut());
    for (const worker of workers) {
      for (const name of [
        'sent',
        'answered',
        'timedOut',
        'lost',
        'duplicated',
        'reordered',
        'pushed',
      ] as const) {
        this.#totals[name] += worker[name];
      }
    }
    const open = workers.reduce((sum, worker) => sum + worker.open, 0);
    const lateness = this.#lateness.cut();
    const window: Window = {
      type: 'window',
      process: this.#process,
      second,
      users: { started: this.#started, open, failed: this.#failed, dropped: this.#dropped },
      unsent: this.#unsent,
      workers,
      ...(lateness === undefined ? {} : { lateness }),
      load: this.#readLoad(),
    };
    this.#unsent = 0;
    this.#failed = {};
    this.#dropped = {};
    return window;
  }

  /** The sum of all windows cut so far; `inFlight` is what still waits for an answer. */
  totals(inFlight: number): Totals {
    return { ...this.#totals, inFlight };
  }
}
