/** Users that do what a function of the scenario's own says. */
import type { Routine } from '../behaviours/index.ts';
import type { OwnBehaviour } from './user.ts';
import { UserGone } from './user.ts';
import { nameOf, Visit, type VisitGroup, type VisitOptions } from './visit.ts';

/** A group that has a behaviour of its own. */
export interface OwnGroup extends VisitGroup {
  behaviour: OwnBehaviour;
}

/** The behaviours of a scenario's own, by group. */
export type OwnBehaviours = ReadonlyMap<number, OwnGroup>;

/** What the routine needs. */
export interface OwnRoutineOptions extends VisitOptions {
  behaviours: OwnBehaviours;
  seed: number;
}

/** The routine of all groups with a behaviour of their own, and what the driver tells of their users. */
export class OwnRoutine implements Routine {
  readonly isClosed = false;
  readonly #options: OwnRoutineOptions;
  readonly #visits = new Map<number, Visit>();
  /** Who hears of forgotten rejections before and after the run. */
  readonly #others = process.listeners('unhandledRejection');
  /** State of each user's lottery: it goes on from connection to connection. */
  readonly #lotteries: Int32Array;

  constructor(options: OwnRoutineOptions) {
    this.#options = options;
    const { users, seed } = options;
    this.#lotteries = new Int32Array(users.count).map(
      (_, user) => Math.imul(seed, SEED_STEP) ^ users.numberOf(user),
    );
    // A promise the function forgot would end the process, and with it thousands of other users.
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', this.#count);
  }

  /** Whether a response is still to come, be it to a subscription, which is no message. */
  get isAnyWaiting(): boolean {
    return [...this.#visits.values()].some(({ isWaiting }) => isWaiting);
  }

  prepare(): number {
    return 0;
  }

  begin(user: number): void {
    const own = this.#options.behaviours.get(this.#options.users.groupOf(user));
    if (own === undefined) return;
    const visit = new Visit(user, this.#options, own, () => this.#draw(user));
    this.#visits.set(user, visit);
    // A function that throws before its first promise is counted like any other.
    void Promise.resolve(visit)
      .then(own.behaviour)
      .catch((error: unknown) => visit.threw(error));
  }

  take(): void {}

  flush(): void {}

  end(user: number): void {
    this.#visits.get(user)?.end();
    this.#visits.delete(user);
  }

  /** An event came for a user. */
  event(user: number, event: string, data: unknown): void {
    this.#visits.get(user)?.hear(event, data);
  }

  /** A response came for a user. Says whether it answers a message that is counted. */
  response(user: number, call: number, isError: boolean, content: unknown): boolean {
    return this.#visits.get(user)?.respond(call, isError, content) ?? false;
  }

  /** The run is over. */
  close(): void {
    for (const user of this.#visits.keys()) this.end(user);
    process.off('unhandledRejection', this.#count);
    for (const listener of this.#others) process.on('unhandledRejection', listener);
  }

  /** Counts what nobody waited for: it cannot be told whose it is. */
  readonly #count = (error: unknown): void => {
    if (!(error instanceof UserGone)) this.#options.recorder.thrown(nameOf(error));
  };

  /** Draws by mulberry32. */
  #draw(user: number): number {
    const state = ((this.#lotteries[user] ?? 0) + SEED_STEP) | 0;
    this.#lotteries[user] = state;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

const SEED_STEP = 0x6d2b_79f5;
