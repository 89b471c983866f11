/**
 * Wakes a load process when something is due. Node's timers know whole milliseconds: whoever sleeps by them sends
 * half a millisecond late at the median. A thread that waits for a lock sleeps to a few microseconds.
 */
import { Worker } from 'node:worker_threads';
import { entry } from '../../../server/process/index.ts';

/** Rings once for each `set`. */
export interface Alarm {
  /** Rings in so many milliseconds from now; replaces the time set before. */
  set(milliseconds: number): void;
  /** Does not ring any more, and gives everything back. */
  close(): void;
}

/** Makes an alarm that calls `ring`. */
export type CreateAlarm = (ring: () => void) => Alarm;

/** Shortest sleep of a timer. */
const SHORTEST_TIMER_MS = 1;

/** Shortest time between two rings of a thread: what comes due meanwhile leaves together. */
const SHORTEST_REST_MS = 0.25;

/**
 * Mean time between two rings of a thread, at least, and the time over which it is the mean. At 7,000
 * sends a second rings add 8 µs to the 18 µs of processor time that a round trip costs with timers; without this
 * limit they added 29.
 */
const MEAN_REST_MS = 0.67;
const MEAN_OVER_MS = 100;

/** How long a ring takes to come through from the thread, about. */
const LEAD_MS = 0.04;

/** The memory both sides share: a count of orders that the thread waits for, and from here on the time to ring at. */
export const TIME_OFFSET = 8;
const SHARED_BYTES = 16;

/** Creates an alarm that sleeps by Node's timers. */
export const createTimerAlarm: CreateAlarm = (ring) => {
  let timer: NodeJS.Timeout | undefined;
  return {
    set(milliseconds) {
      clearTimeout(timer);
      timer = setTimeout(ring, Math.max(SHORTEST_TIMER_MS, milliseconds));
    },
    close: () => clearTimeout(timer),
  };
};

/** Creates an alarm that lets a thread sleep. Alone it does not keep the process. */
export const createThreadAlarm: CreateAlarm = (ring) => new ThreadAlarm(ring);

class ThreadAlarm implements Alarm {
  readonly #thread: Worker;
  readonly #orders: Int32Array;
  readonly #time: Float64Array;
  #rangAt = 0;
  /** When the next ring would be due if all had come in even succession. */
  #paidUntil = 0;
  #isSet = false;

  constructor(ring: () => void) {
    const shared = new SharedArrayBuffer(SHARED_BYTES);
    this.#orders = new Int32Array(shared, 0, 1);
    this.#time = new Float64Array(shared, TIME_OFFSET, 1);
    this.#thread = new Worker(entry('loadgen/agent/alarm/main.js'), {
      workerData: shared,
      resourceLimits: { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 16 },
    });
    this.#thread.on('message', () => {
      if (!this.#isSet) return;
      this.#isSet = false;
      this.#rangAt = monotonicMs();
      this.#paidUntil = Math.max(this.#paidUntil, this.#rangAt) + MEAN_REST_MS;
      ring();
    });
    this.#thread.unref();
  }

  set(milliseconds: number): void {
    this.#isSet = true;
    const earliest = Math.max(this.#rangAt + SHORTEST_REST_MS, this.#paidUntil - MEAN_OVER_MS);
    this.#time[0] = Math.max(monotonicMs() + milliseconds - LEAD_MS, earliest);
    Atomics.add(this.#orders, 0, 1);
    Atomics.notify(this.#orders, 0);
  }

  close(): void {
    this.#isSet = false;
    void this.#thread.terminate();
  }
}

/** The clock that all threads of this host share, milliseconds. */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}
