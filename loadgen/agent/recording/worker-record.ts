/** What the users of one server worker saw since the last close. Times come in as seconds. */
import { COUNTED, RARE, type WorkerWindow } from '../../results/index.ts';
import { closeAll, type Encoding } from './closed-window.ts';
import { Distribution } from './distribution.ts';

/** Counters a window has only when there is something to count. */
const rare = [...RARE, 'errors'] as const;

/** Names of all counters. */
export const counters = [...COUNTED, ...rare] as const;

/** The counters of a worker's window, plain fields because they change with every message. */
export type Counts = Record<(typeof counters)[number], number>;

const noCounts = Object.fromEntries(counters.map((name) => [name, 0])) as Counts;

/** The counters and times of one worker, from close to close. */
export class WorkerRecord {
  /** The worker's name. */
  readonly name: string;
  readonly counts: Counts = { ...noCounts };
  readonly response = new Distribution();
  readonly service = new Distribution();
  readonly push = new Distribution();
  readonly connect = new Distribution();
  readonly recovery = new Distribution();
  /** Sockets open now. */
  open = 0;

  /** Of the lost publications, how many were intended in which second. */
  #lostOf: Record<string, number> = {};

  constructor(name: string) {
    this.name = name;
  }

  /** A publication came so many seconds after it was intended. Not a number: nobody knows. */
  pushed(seconds: number): void {
    this.counts.pushed += 1;
    if (!Number.isNaN(seconds)) this.push.record(seconds);
  }

  /** A publication intended at this time did not come. Not a number: at some time. */
  pushLost(intended: number): void {
    this.counts.pushLost += 1;
    if (Number.isNaN(intended)) return;
    const second = String(Math.floor(intended));
    this.#lostOf[second] = (this.#lostOf[second] ?? 0) + 1;
  }

  /** Tells what was counted since the last close, and starts over. The times are added by its encodings. */
  close(): { window: WorkerWindow; encodings: Encoding[] } {
    const { sent, answered, timedOut, lost, duplicated, reordered, pushed } = this.counts;
    const common = { sent, answered, timedOut, lost, duplicated, reordered, pushed };
    const window: WorkerWindow = { worker: this.name, open: this.open, ...common };
    for (const name of rare) if (this.counts[name] > 0) window[name] = this.counts[name];
    if (Object.keys(this.#lostOf).length > 0) window.pushLostOf = this.#lostOf;
    this.#lostOf = {};
    Object.assign(this.counts, noCounts);
    const { response, service, push, connect, recovery } = this;
    const times = { response, service, push, connect, recovery };
    const encodings = closeAll(times, (kind, encoded) => {
      window[kind] = encoded;
    });
    return { window, encodings };
  }
}
