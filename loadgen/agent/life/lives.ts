/**
 * How users come and go. Each arrives once. One whose group churns leaves when it is its time and may come back;
 * one whose group reconnects tries again after its connection was refused or broke. For all others the end of a
 * connection is the end.
 */
import type { Clock } from '../../drivers/index.ts';
import type { Group, Schedule } from '../../plan/index.ts';
import type { Timers } from '../pacing/index.ts';
import type { Users } from '../users.ts';
import type { Connections } from './connections.ts';

/** What lives need, and whom they tell. */
export interface LivesOptions {
  clock: Clock;
  connections: Connections;
  groups: readonly Group[];
  schedule: Schedule;
  timers: Timers;
  users: Users;
  /** Whether a user still waits for answers: it leaves only then. */
  isWaiting(user: number): boolean;
  /** A user has come, or come back for a further visit, at a time its schedule goes on from. */
  came(user: number, visit: number, from: number): void;
  /** A user takes no more turns before it comes back. */
  going(user: number): void;
  /** A user has left. */
  left(user: number, at: number): void;
}

/** How often a user that is about to leave looks whether it may, seconds. */
const LOOK_EVERY = 0.05;

/** The lives of all users. */
export class Lives {
  readonly #options: LivesOptions;
  /** How often each user has come back; how often in a row it has tried in vain. */
  readonly #visits: Int32Array;
  readonly #attempts: Int32Array;

  constructor(options: LivesOptions) {
    this.#options = options;
    this.#visits = new Int32Array(options.users.count);
    this.#attempts = new Int32Array(options.users.count);
  }

  /** A user comes for the first time. */
  arrive(user: number, due: number): void {
    this.#come(user, due);
  }

  /** It is time for a user to leave, or to come back. */
  visitDue(user: number, due: number): void {
    const { users, going } = this.#options;
    switch (users.phaseOf(user)) {
      case 'away':
        this.#visits[user] = (this.#visits[user] ?? 0) + 1;
        return this.#come(user, due);
      case 'ready':
        users.enter(user, 'leaving');
        going(user);
        return this.#leave(user, due);
      case 'leaving':
        return this.#leave(user, due);
      case 'connecting':
      case 'open':
        return this.#look(user, due);
      case 'broken':
        this.#options.timers.cancel('reconnect', user);
        going(user);
        return this.#goAway(user, due);
      default:
    }
  }

  /** It is time for a user to try again. */
  reconnectDue(user: number, due: number): void {
    if (this.#options.users.phaseOf(user) === 'broken') this.#options.connections.begin(user, due);
  }

  /** A user is ready: the next time it breaks it begins with the shortest wait. */
  ready(user: number): void {
    this.#attempts[user] = 0;
  }

  /** The connection of a user was refused, or ended though nobody asked. */
  broke(user: number, at: number): void {
    const { groups, schedule, timers, users } = this.#options;
    if (users.phaseOf(user) === 'leaving') {
      timers.cancel('visit', user);
      return this.#goAway(user, at);
    }
    const group = groups[users.groupOf(user)];
    if (group === undefined || group.reconnects === null) return users.enter(user, 'ended');
    users.enter(user, 'broken');
    const attempt = this.#attempts[user] ?? 0;
    this.#attempts[user] = attempt + 1;
    timers.schedule('reconnect', user, at + schedule.reconnectWait(users.numberOf(user), attempt));
  }

  #come(user: number, due: number): void {
    const { came, connections, schedule, timers, users } = this.#options;
    const visit = this.#visits[user] ?? 0;
    connections.begin(user, due);
    timers.schedule('visit', user, schedule.stays(users.numberOf(user), visit, due));
    came(user, visit, due);
  }

  #leave(user: number, due: number): void {
    const { clock, connections, isWaiting, left } = this.#options;
    // Leaving at once would lose the answers that are under way, through nobody's fault.
    if (isWaiting(user)) return this.#look(user, due);
    connections.leave(user);
    left(user, clock.now());
    this.#goAway(user, due);
  }

  #look(user: number, due: number): void {
    this.#options.timers.schedule('visit', user, due + LOOK_EVERY);
  }

  #goAway(user: number, from: number): void {
    const { schedule, timers, users } = this.#options;
    users.enter(user, 'away');
    timers.schedule('visit', user, schedule.returns(users.numberOf(user), this.#visits[user] ?? 0, from));
  }
}
