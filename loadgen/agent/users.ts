/**
 * What becomes of the users of one load process: a phase, a worker and a few numbers each, in flat
 * arrays. Takes what the driver tells, matches answers with sends, and counts both in the recorder.
 */
import type { DriverEvents, Publication } from '../drivers/index.ts';
import { Outstanding } from './outstanding.ts';
import type { Recorder } from './recorder.ts';
import type { WorkerRecord } from './worker-record.ts';

/** `open`: handshake over, subscriptions not yet confirmed. `ready`: may send. */
const phases = { waiting: 0, connecting: 1, open: 2, ready: 3, ended: 4 } as const;

/** The server's count lies below any it can tell. */
const NO_COUNT = -1;

/** What users need to know. */
export interface UsersOptions {
  /** Users are numbers below this, in the order in which they arrive. */
  count: number;
  /** Seconds after its intended time at which a send counts as timed out. */
  answerWithin: number;
  recorder: Recorder;
  /** Asks for a user's subscriptions and says how many confirmations will come. */
  subscribe(user: number): number;
}

/** All users of a load process. */
export class Users implements DriverEvents {
  readonly #recorder: Recorder;
  readonly #answerWithin: number;
  readonly #subscribe: (user: number) => number;
  readonly #outstanding: Outstanding;
  readonly #phases: Uint8Array;
  readonly #workers: (WorkerRecord | undefined)[];
  readonly #connectStarts: Float64Array;
  readonly #unconfirmed: Int32Array;
  /** Greatest count a user was told by its worker. */
  readonly #counts: Float64Array;
  /** Users below this have come to the end of their connecting. */
  #firstConnecting = 0;
  #connecting = 0;
  #lastPush = Number.NEGATIVE_INFINITY;

  constructor({ count, answerWithin, recorder, subscribe }: UsersOptions) {
    this.#recorder = recorder;
    this.#answerWithin = answerWithin;
    this.#subscribe = subscribe;
    this.#outstanding = new Outstanding(count);
    this.#phases = new Uint8Array(count);
    this.#workers = Array.from({ length: count });
    this.#connectStarts = new Float64Array(count);
    this.#unconfirmed = new Int32Array(count);
    this.#counts = new Float64Array(count).fill(NO_COUNT);
  }

  /** Sends that wait for an answer. */
  get inFlight(): number {
    return this.#outstanding.size;
  }

  /** True while a user is between the start of its connection and the end of its handshake. */
  get isAnyConnecting(): boolean {
    return this.#connecting > 0;
  }

  /** When the last publication was delivered; minus infinity before the first. */
  get lastPush(): number {
    return this.#lastPush;
  }

  /** True until the user begins to connect. */
  isWaiting(user: number): boolean {
    return this.#phases[user] === phases.waiting;
  }

  /** True when the user may send. */
  isReady(user: number): boolean {
    return this.#phases[user] === phases.ready;
  }

  /** The user begins to connect. */
  connecting(user: number, at: number): void {
    this.#phases[user] = phases.connecting;
    this.#connectStarts[user] = at;
    this.#connecting += 1;
    this.#recorder.started();
  }

  /** A ready user sends what should have left at `intended`. */
  sent(user: number, intended: number, at: number): void {
    this.#outstanding.add(user, intended, at);
    this.#recorder.sent(this.#workerOf(user), at - intended);
  }

  opened(user: number, worker: string, at: number): void {
    const record = this.#recorder.worker(worker);
    this.#workers[user] = record;
    this.#connecting -= 1;
    this.#recorder.opened(record, at - (this.#connectStarts[user] ?? at));
    this.#phases[user] = phases.open;
    const unconfirmed = this.#subscribe(user);
    this.#unconfirmed[user] = unconfirmed;
    if (unconfirmed === 0) this.#phases[user] = phases.ready;
  }

  subscribed(user: number): void {
    const unconfirmed = (this.#unconfirmed[user] ?? 0) - 1;
    this.#unconfirmed[user] = unconfirmed;
    if (unconfirmed === 0) this.#phases[user] = phases.ready;
  }

  refused(user: number, cause: string): void {
    this.#phases[user] = phases.ended;
    this.#connecting -= 1;
    this.#recorder.failed(cause);
  }

  closed(user: number, cause: string): void {
    const worker = this.#workerOf(user);
    this.#phases[user] = phases.ended;
    this.#recorder.dropped(worker, cause);
    worker.counts.lost += this.#outstanding.drop(user);
  }

  answer(user: number, count: number, at: number): void {
    const worker = this.#workerOf(user);
    // A worker numbers its answers. The same number again is the same answer again: it belongs to no send.
    const previous = this.#counts[user] ?? NO_COUNT;
    if (count === previous) {
      worker.counts.duplicated += 1;
      return;
    }
    if (count < previous) worker.counts.reordered += 1;
    else if (count > previous) this.#counts[user] = count;
    this.#match(user, worker, at);
  }

  push(user: number, { intended }: Readonly<Publication>, at: number): void {
    const worker = this.#workerOf(user);
    worker.counts.pushed += 1;
    if (!Number.isNaN(intended)) worker.push.record(at - intended);
    this.#lastPush = at;
  }

  /** Gives up sends whose time is over. An answer that comes later is not counted any more. */
  giveUpSends(now: number): void {
    if (this.#outstanding.size === 0) return;
    for (let user = 0; user < this.#phases.length; user += 1) {
      const count = this.#outstanding.giveUp(user, now - this.#answerWithin);
      if (count > 0) this.#workerOf(user).counts.timedOut += count;
    }
  }

  /** Calls `abandon` for each user that began to connect at or before a time and has not come through. */
  giveUpConnects(startedUntil: number, abandon: (user: number) => void): void {
    for (; this.#firstConnecting < this.#phases.length; this.#firstConnecting += 1) {
      const user = this.#firstConnecting;
      const isConnecting = this.#phases[user] === phases.connecting;
      if (this.#phases[user] === phases.waiting) return;
      if (isConnecting && (this.#connectStarts[user] ?? 0) > startedUntil) return;
      if (isConnecting) abandon(user);
    }
  }

  #match(user: number, worker: WorkerRecord, at: number): void {
    const match = this.#outstanding.take(user);
    if (match === 'none') worker.counts.duplicated += 1;
    if (match !== 'waiting') return;
    const { intended, sent } = this.#outstanding;
    if (at - intended >= this.#answerWithin) {
      worker.counts.timedOut += 1;
      return;
    }
    worker.counts.answered += 1;
    worker.response.record(at - intended);
    worker.service.record(at - sent);
  }

  #workerOf(user: number): WorkerRecord {
    const worker = this.#workers[user];
    if (worker === undefined)
      throw new TypeError(`Cannot find the worker of user ${user}: it never was open`);
    return worker;
  }
}
