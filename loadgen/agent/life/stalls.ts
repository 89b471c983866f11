/** Users that stop reading now and then. */
import type { Driver } from '../../drivers/index.ts';
import type { Schedule } from '../../plan/index.ts';
import type { Timers } from '../pacing/index.ts';
import type { Users } from '../users.ts';

/** What stalls need. */
export interface StallsOptions {
  driver: Driver;
  schedule: Schedule;
  timers: Timers;
  users: Users;
  /** Seconds; no stall begins from then on. */
  until: number;
}

/** The stalls of all users. */
export class Stalls {
  readonly #options: StallsOptions;
  /** Twice the stalls a user has had so far, and one more while it has one. */
  readonly #counts: Int32Array;
  #stalling = 0;

  constructor(options: StallsOptions) {
    this.#options = options;
    this.#counts = new Int32Array(options.users.count);
  }

  /** True while a user does not read. */
  get isAnyStalling(): boolean {
    return this.#stalling > 0;
  }

  /** A user has arrived. */
  begin(user: number, from: number): void {
    this.#await(user, 0, from);
  }

  /** A stall begins or ends. */
  due(user: number, due: number): void {
    const { driver, schedule, timers, users } = this.#options;
    const count = this.#counts[user] ?? 0;
    const stalls = count % 2 === 0;
    this.#counts[user] = count + 1;
    this.#stalling += stalls ? 1 : -1;
    // Who is not ready yet would not read what makes it ready, and the target would be blamed for that.
    const isToldOf = stalls ? users.isReady(user) : users.isConnected(user);
    if (isToldOf) driver.setReading(user, !stalls);
    const stall = Math.floor(count / 2);
    if (stalls) timers.schedule('stall', user, schedule.stallEnd(users.numberOf(user), stall, due));
    else this.#await(user, stall + 1, due);
  }

  #await(user: number, stall: number, from: number): void {
    const { schedule, timers, until, users } = this.#options;
    const due = schedule.nextStall(users.numberOf(user), stall, from);
    if (due < until) timers.schedule('stall', user, due);
  }
}
