/** Matches answers with sends, and counts both for the worker that has to answer. */
import type { Recorder, WorkerRecord } from '../recording/index.ts';
import type { Users } from '../users.ts';
import { type Match, Outstanding } from './outstanding.ts';

/** The server's count lies below any it can tell. */
const NO_COUNT = -1;

/** What answers need to know. */
export interface AnswersOptions {
  users: Users;
  recorder: Recorder;
  /** Seconds after its intended time at which a send counts as timed out. */
  answerWithin: number;
  /** Told when a send is over, answered or not, and when that was. */
  settled(user: number, at: number): void;
}

/** The sends of all users, and what became of them. */
export class Answers {
  readonly #users: Users;
  readonly #recorder: Recorder;
  readonly #answerWithin: number;
  readonly #settled: (user: number, at: number) => void;
  readonly #outstanding: Outstanding;
  /** Greatest count a user was told on its connection. */
  readonly #counts: Float64Array;

  constructor({ users, recorder, answerWithin, settled }: AnswersOptions) {
    this.#users = users;
    this.#recorder = recorder;
    this.#answerWithin = answerWithin;
    this.#settled = settled;
    this.#outstanding = new Outstanding(users.count);
    this.#counts = new Float64Array(users.count).fill(NO_COUNT);
  }

  /** Sends that wait for an answer. */
  get inFlight(): number {
    return this.#outstanding.size;
  }

  /** Whether a user waits for an answer. */
  isAwaitedBy(user: number): boolean {
    return this.#outstanding.isWaiting(user);
  }

  /**
   * A ready user sends an event, or the call of a number. It should have left at `intended`; undefined where it was
   * due whenever it left.
   */
  sent(user: number, intended: number | undefined, at: number, call?: number): void {
    this.#outstanding.add(user, intended ?? at, at, call);
    this.#recorder.sent(this.#users.workerOf(user), intended === undefined ? undefined : at - intended);
  }

  /** An event was answered. `count` is the server's own count, NaN when it tells none. */
  answer(user: number, count: number, at: number): void {
    const worker = this.#users.workerOf(user);
    // A worker numbers its answers. The same number again is the same answer again: it belongs to no send.
    const previous = this.#counts[user] ?? NO_COUNT;
    if (count === previous) {
      worker.counts.duplicated += 1;
      return;
    }
    if (count < previous) worker.counts.reordered += 1;
    else if (count > previous) this.#counts[user] = count;
    this.#count(user, worker, this.#outstanding.take(user), at);
  }

  /** A call was answered. */
  response(user: number, call: number, isError: boolean, at: number): void {
    const worker = this.#users.workerOf(user);
    const isInTime = this.#count(user, worker, this.#outstanding.takeCall(user, call), at);
    if (isError && isInTime) worker.counts.errors += 1;
  }

  /** Gives up sends whose time is over. An answer that comes later is not counted any more. */
  giveUp(now: number): void {
    if (this.#outstanding.size === 0) return;
    for (let user = 0; user < this.#users.count; user += 1) {
      const count = this.#outstanding.giveUp(user, now - this.#answerWithin);
      if (count === 0) continue;
      this.#users.workerOf(user).counts.timedOut += count;
      this.#settled(user, now);
    }
  }

  /** A connection begins, perhaps to another worker, which numbers its answers by itself. */
  begin(user: number): void {
    this.#counts[user] = NO_COUNT;
  }

  /** A connection is over: what it had not answered is lost. */
  drop(user: number, at: number): void {
    const count = this.#outstanding.drop(user);
    if (count === 0) return;
    this.#users.workerOf(user).counts.lost += count;
    this.#settled(user, at);
  }

  /** Says whether the answer came in time. */
  #count(user: number, worker: WorkerRecord, match: Match, at: number): boolean {
    if (match === 'none') worker.counts.duplicated += 1;
    if (match !== 'waiting') return false;
    const { intended, sent } = this.#outstanding;
    const isInTime = at - intended < this.#answerWithin;
    if (isInTime) {
      worker.counts.answered += 1;
      worker.response.record(at - intended);
      worker.service.record(at - sent);
    } else worker.counts.timedOut += 1;
    this.#settled(user, at);
    return isInTime;
  }
}
