/**
 * When users take their turns. Nothing is skipped to catch up: what could not leave in time leaves late, and
 * the lateness is recorded.
 */
import type { Clock } from '../drivers/index.ts';
import type { Schedule } from '../plan/index.ts';
import type { Routine } from './behaviours/index.ts';
import type { Timers } from './pacing/index.ts';
import type { Recorder } from './recording/index.ts';
import type { Users } from './users.ts';

/** What turns need to know. */
export interface TurnsOptions {
  clock: Clock;
  recorder: Recorder;
  routines: readonly Routine[];
  schedule: Schedule;
  timers: Timers;
  users: Users;
  /** Seconds; no turn is due from then on. */
  until: number;
}

/** The turns of all users. */
export class Turns {
  readonly #options: TurnsOptions;
  /** How often each user's turn has come. */
  readonly #counts: Int32Array;

  constructor(options: TurnsOptions) {
    this.#options = options;
    this.#counts = new Int32Array(options.users.count);
  }

  /** A user has come, or come back for a further visit, and takes its turns from a time on. */
  begin(user: number, visit: number, from: number): void {
    const { schedule, timers, users } = this.#options;
    timers.schedule('turn', user, schedule.firstTurn(users.numberOf(user), from, visit));
  }

  /** A user takes no more turns. */
  stop(user: number): void {
    this.#options.timers.cancel('turn', user);
  }

  /** Takes all turns of a user that have come by now: at high rates several events leave in one write. */
  take(user: number, due: number): void {
    const { clock, users } = this.#options;
    const now = clock.now();
    const routine = this.#routineOf(user);
    if (!users.isReady(user)) return this.#pass(user, due, now);
    if (!routine.isClosed) return this.#takeAll(user, routine, due, now);
    routine.take(user, this.#countOne(user), due, now);
    routine.flush(user, 1);
  }

  /** What a user sent is over: answered, timed out or lost. In the closed model its next turn follows. */
  settled(user: number, at: number): void {
    if (!this.#routineOf(user).isClosed || this.#options.users.phaseOf(user) === 'leaving') return;
    this.#schedule(user, this.#next(user, at));
  }

  #takeAll(user: number, routine: Routine, due: number, now: number): void {
    let count = 0;
    let intended = due;
    do {
      routine.take(user, this.#countOne(user), intended, now);
      count += 1;
      intended = this.#next(user, intended);
    } while (intended <= now && intended < this.#options.until);
    routine.flush(user, count);
    this.#schedule(user, intended);
  }

  /** The user is not there. */
  #pass(user: number, due: number, now: number): void {
    let count = 0;
    let intended = due;
    do {
      this.#countOne(user);
      count += 1;
      intended = this.#next(user, intended);
    } while (intended <= now && intended < this.#options.until);
    this.#options.recorder.unsent(count);
    this.#schedule(user, intended);
  }

  /** Counts a turn and tells its number, from 0. */
  #countOne(user: number): number {
    const turn = this.#counts[user] ?? 0;
    this.#counts[user] = turn + 1;
    return turn;
  }

  #next(user: number, previous: number): number {
    const { schedule, users } = this.#options;
    return schedule.nextTurn(users.numberOf(user), this.#counts[user] ?? 0, previous);
  }

  #schedule(user: number, due: number): void {
    this.#options.timers.schedule('turn', user, due);
  }

  #routineOf(user: number): Routine {
    const { routines, users } = this.#options;
    const routine = routines[users.groupOf(user)];
    if (routine === undefined)
      throw new TypeError(`Cannot take a turn of user ${user}: its group does nothing`);
    return routine;
  }
}
