/** Users that do what a function of the scenario's own says. */
import type { Routine } from '../behaviours/index.ts';
import type { AgentReport } from '../messages.ts';
import { isOfBehaviour, ThrownErrors } from './thrown.ts';
import type { OwnBehaviour } from './user.ts';
import { Visit, type VisitGroup, type VisitOptions } from './visit.ts';

/** A group that has a behaviour of its own. */
export interface OwnGroup extends VisitGroup {
  /** Path of the module it is from. */
  file: string;
  behaviour: OwnBehaviour;
}

/** The behaviours of a scenario's own, by group. */
export type OwnBehaviours = ReadonlyMap<number, OwnGroup>;

/** What the routine needs. */
export interface OwnRoutineOptions extends Omit<VisitOptions, 'thrown'> {
  behaviours: OwnBehaviours;
  seed: number;
  report: (report: AgentReport) => void;
}

/** The routine of all groups with a behaviour of their own, and what the driver tells of their users. */
export class OwnRoutine implements Routine {
  readonly isClosed = false;
  readonly #options: OwnRoutineOptions & VisitOptions;
  readonly #visits = new Map<number, Visit>();
  /** State of each user's lottery: it goes on from connection to connection. */
  readonly #lotteries: Int32Array;

  constructor(options: OwnRoutineOptions) {
    const { behaviours, recorder, report, seed, users } = options;
    const files = new Set([...behaviours.values()].map(({ file }) => file));
    this.#options = { ...options, thrown: new ThrownErrors(recorder, report, [...files]) };
    this.#lotteries = new Int32Array(users.count).map(
      (_, user) => Math.imul(seed, SEED_STEP) ^ users.numberOf(user),
    );
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
  }

  /**
   * Counts what nobody caught, in a timer or a promise that a function forgot: it cannot be told which visit it is of, and
   * would end the process, with it thousands of other users. Says whether it is a behaviour's.
   */
  survive(error: unknown): boolean {
    if (!isOfBehaviour(error)) return false;
    this.#options.thrown.count(error);
    return true;
  }

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
