/**
 * Wakes a load process when something is due. Node's timers know whole milliseconds: whoever sleeps by them sends
 * half a millisecond late at the median. A thread that waits for a lock sleeps to a few microseconds.
 */
import { Worker } from 'node:worker_threads';
import { entry } from '../../../server/process/index.ts';

/** Rings once for each `set`. */
export interface Alarm {
  /**
   * Rings in so many milliseconds from now, to the accuracy of Node's timers where `roughly` is enough; replaces the
   * time set before.
   * @returns By how much it may ring late where nothing disturbs it, milliseconds.
   */
  set(milliseconds: number, roughly?: boolean): number;
  /** Does not ring any more, and gives everything back. */
  close(): void;
}

/** Makes an alarm that calls `ring`. */
export type CreateAlarm = (ring: () => void) => Alarm;

/** Shortest sleep of a timer, and what it cannot tell apart. */
export const SHORTEST_TIMER_MS = 1;

/** Shortest time between two rings of a thread: what comes due meanwhile leaves together. */
export const SHORTEST_REST_MS = 0.25;

/**
 * Mean time between two orders down to which a thread is used, and from which on it is used again; and the time over
 * which it is the mean. A ring wakes two threads, which costs some 30 µs. Who sets an alarm more often is awake so
 * often that a timer does as well.
 */
const MEAN_REST_MS = { thread: 0.67, timer: 1 };
/** The same as orders per second. */
export const DENSE_PER_SECOND = 1_000 / MEAN_REST_MS.thread;
const MEAN_OVER_MS = 100;

/** How long a ring takes to come through from the thread, at most times. What is left of it is waited for awake. */
const LEAD_MS = 0.04;

/** Clocks that round differently agree on what has come due after this long. */
const CLOCK_ERROR_MS = 0.002;

/**
 * The memory both sides share: a count of orders that the thread waits for; the time to ring at; and the time at
 * which the thread looks by itself, so that it is woken only for what is due before.
 */
export const TIME_OFFSET = 8;
export const LOOK_OFFSET = 16;
const SHARED_BYTES = 24;

/** Creates an alarm that sleeps by Node's timers. */
export const createTimerAlarm: CreateAlarm = (ring) => {
  let timer: NodeJS.Timeout | undefined;
  return {
    set(milliseconds) {
      clearTimeout(timer);
      timer = setTimeout(ring, Math.max(SHORTEST_TIMER_MS, milliseconds));
      return SHORTEST_TIMER_MS;
    },
    close: () => clearTimeout(timer),
  };
};

/** Creates an alarm that lets a thread sleep, or a timer while it is set very often. The thread keeps no process. */
export const createThreadAlarm: CreateAlarm = (ring) => new ThreadAlarm(ring);

class ThreadAlarm implements Alarm {
  readonly #thread: Worker;
  readonly #orders: Int32Array;
  readonly #time: Float64Array;
  readonly #look: Float64Array;
  readonly #timer: Alarm;
  /** When it is to ring. */
  #dueAt = 0;
  #rangAt = 0;
  /** When the next order would come if all had come in even succession. */
  #paidUntil = 0;
  #mode: 'thread' | 'timer' = 'thread';
  #isSet = false;

  constructor(ring: () => void) {
    const shared = new SharedArrayBuffer(SHARED_BYTES);
    this.#orders = new Int32Array(shared, 0, 1);
    this.#time = new Float64Array(shared, TIME_OFFSET, 1);
    this.#look = new Float64Array(shared, LOOK_OFFSET, 1);
    const ringOnce = (): void => {
      if (!this.#isSet) return;
      this.#isSet = false;
      this.#timer.close();
      this.#rangAt = monotonicMs();
      ring();
    };
    this.#timer = createTimerAlarm(ringOnce);
    this.#thread = new Worker(entry('loadgen/agent/alarm/main.js'), {
      workerData: shared,
      resourceLimits: { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 16 },
    });
    this.#thread.on('message', () => {
      // A ring for an order that was replaced meanwhile: the thread rings once more.
      if (!this.#isSet || this.#dueAt - monotonicMs() > 2 * LEAD_MS) return;
      while (monotonicMs() < this.#dueAt + CLOCK_ERROR_MS);
      ringOnce();
    });
    this.#thread.unref();
  }

  set(milliseconds: number, roughly = false): number {
    const now = monotonicMs();
    this.#isSet = true;
    this.#dueAt = now + milliseconds;
    this.#timer.close();
    this.#chooseMode(now);
    if (this.#mode === 'thread' && !roughly) {
      this.#order(Math.max(this.#dueAt - LEAD_MS, this.#rangAt + SHORTEST_REST_MS));
      return SHORTEST_REST_MS;
    }
    this.#order(Number.POSITIVE_INFINITY);
    return this.#timer.set(milliseconds);
  }

  close(): void {
    this.#isSet = false;
    this.#timer.close();
    void this.#thread.terminate();
  }

  #chooseMode(now: number): void {
    const mostPaid = now + MEAN_OVER_MS;
    const paidUntil = Math.max(this.#paidUntil, now) + MEAN_REST_MS[this.#mode];
    this.#paidUntil = Math.min(paidUntil, mostPaid);
    if (paidUntil > mostPaid) this.#mode = 'timer';
    else if (paidUntil < now + MEAN_OVER_MS / 2) this.#mode = 'thread';
  }

  /** The thread rings at that time, unless there is another order. */
  #order(time: number): void {
    this.#time[0] = time;
    Atomics.add(this.#orders, 0, 1);
    if (time < (this.#look[0] ?? 0)) Atomics.notify(this.#orders, 0);
  }
}

/** The clock that all threads of this host share, milliseconds. */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}
