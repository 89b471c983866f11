/** Where each user of a load process stands: a phase, a worker and two numbers, in flat arrays. */
import type { WorkerRecord } from './recording/index.ts';

/**
 * `waiting`: not yet arrived. `open`: handshake over, subscriptions not yet confirmed. `ready`: takes turns.
 * `leaving`: takes no more turns, but still waits for answers. `away`: left, and comes back. `broken`: refused or
 * dropped, and tries again. `ended`: gone for good.
 */
export type UserPhase = keyof typeof phases;

const phases = {
  waiting: 0,
  connecting: 1,
  open: 2,
  ready: 3,
  leaving: 4,
  away: 5,
  broken: 6,
  ended: 7,
} as const;
const names = Object.keys(phases) as UserPhase[];

/** All users of a load process, numbers from 0 in the order in which they arrive. */
export class Users {
  /** How many there are. */
  readonly count: number;
  readonly #phases: Uint8Array;
  readonly #workers: (WorkerRecord | undefined)[];
  readonly #numbers: Int32Array;
  readonly #groups: Uint16Array;

  /** `numbers` are those within the whole run; `groupOf` tells the group of such a number. */
  constructor(numbers: readonly number[], groupOf: (number: number) => number) {
    this.count = numbers.length;
    this.#numbers = Int32Array.from(numbers);
    this.#groups = Uint16Array.from(numbers, groupOf);
    this.#phases = new Uint8Array(this.count);
    this.#workers = Array.from({ length: this.count });
  }

  /** Numbers of all users within the whole run. */
  get numbers(): ArrayLike<number> {
    return this.#numbers;
  }

  /** Groups of all users. */
  get groups(): ArrayLike<number> {
    return this.#groups;
  }

  /** Number of a user within the whole run. */
  numberOf(user: number): number {
    return this.#numbers[user] ?? 0;
  }

  groupOf(user: number): number {
    return this.#groups[user] ?? 0;
  }

  phaseOf(user: number): UserPhase {
    return names[this.#phases[user] ?? phases.waiting] ?? 'waiting';
  }

  enter(user: number, phase: UserPhase): void {
    this.#phases[user] = phases[phase];
  }

  isReady(user: number): boolean {
    return this.#phases[user] === phases.ready;
  }

  /** Whether the driver can be told of the user: its handshake is over and its connection is there. */
  isConnected(user: number): boolean {
    const phase = this.#phases[user] ?? phases.waiting;
    return phase >= phases.open && phase <= phases.leaving;
  }

  /** The worker that answered the last connection of a user. */
  workerOf(user: number): WorkerRecord {
    const worker = this.#workers[user];
    if (worker !== undefined) return worker;
    throw new TypeError(`Cannot find the worker of user ${user}: it never was open`);
  }

  /** Notes the worker that answered. */
  answeredBy(user: number, worker: WorkerRecord): void {
    this.#workers[user] = worker;
  }
}
