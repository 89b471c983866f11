/** The connections of all users: from the first attempt to being ready, and every end. */
import type { Clock, Driver } from '../../drivers/index.ts';
import type { Recorder } from '../recording/index.ts';
import type { Users } from '../users.ts';

/** What connections need, and whom they tell. */
export interface ConnectionsOptions {
  clock: Clock;
  driver: Driver;
  recorder: Recorder;
  users: Users;
  /** Local addresses to connect from, in turn. Empty: the kernel chooses. */
  sourceAddresses: readonly string[];
  /** Seconds in which subscriptions are to be confirmed. */
  answerWithin: number;
  /** The handshake of a user is over. Says how many confirmations it has to wait for. */
  prepare(user: number): number;
  /** A user may take its turns. */
  ready(user: number, at: number): void;
}

/** A connection that has not come through by then has failed, seconds. */
export const CONNECT_WITHIN = 10;

/** What is not confirmed after so many seconds counts as missing where nobody waits any longer. */
const CONFIRMED_SOON = 2;

/** No time. */
const NEVER = Number.NaN;

/** The connections of a load process. */
export class Connections {
  readonly #options: ConnectionsOptions;
  /** When the connection of each user was to begin. */
  readonly #planned: Float64Array;
  /** When what a user waits for began: its handshake, then its confirmations. */
  readonly #begun: Float64Array;
  readonly #unconfirmed: Int32Array;
  /** When the connection of a user broke that had been ready; NaN otherwise. */
  readonly #brokenAt: Float64Array;
  /** Whether a user has been ready before. */
  readonly #known: Uint8Array;
  #connecting = 0;

  constructor(options: ConnectionsOptions) {
    const { count } = options.users;
    this.#options = options;
    this.#planned = new Float64Array(count);
    this.#begun = new Float64Array(count);
    this.#unconfirmed = new Int32Array(count);
    this.#brokenAt = new Float64Array(count).fill(NEVER);
    this.#known = new Uint8Array(count);
  }

  /** True while a user is between the start of its connection and being ready. */
  get isAnyConnecting(): boolean {
    return this.#connecting > 0;
  }

  /** A user begins to connect, as it was to at `due`: what it waited since then belongs to its time of connecting. */
  begin(user: number, due: number): void {
    const { clock, driver, recorder, sourceAddresses, users } = this.#options;
    if (users.phaseOf(user) === 'waiting') recorder.started();
    users.enter(user, 'connecting');
    const now = clock.now();
    this.#planned[user] = due;
    this.#begun[user] = now;
    recorder.arrived(now - due);
    this.#connecting += 1;
    driver.connect(user, sourceAddresses[user % sourceAddresses.length]);
  }

  /** The handshake of a user is over. */
  opened(user: number, worker: string, at: number): void {
    const { prepare, recorder, users } = this.#options;
    const record = recorder.worker(worker);
    users.answeredBy(user, record);
    recorder.opened(record, at - (this.#planned[user] ?? at));
    users.enter(user, 'open');
    this.#begun[user] = at;
    const unconfirmed = prepare(user);
    this.#unconfirmed[user] = unconfirmed;
    if (unconfirmed === 0) this.#makeReady(user, at);
  }

  /** One confirmation has come. */
  confirmed(user: number, at: number): void {
    const unconfirmed = (this.#unconfirmed[user] ?? 0) - 1;
    this.#unconfirmed[user] = unconfirmed;
    if (unconfirmed === 0 && this.#options.users.phaseOf(user) === 'open') this.#makeReady(user, at);
  }

  /** The connection of a user never came to be. */
  refused(cause: string): void {
    this.#connecting -= 1;
    this.#options.recorder.failed(cause);
  }

  /** The open connection of a user ended though nobody asked. */
  broke(user: number, cause: string, at: number): void {
    const { recorder, users } = this.#options;
    recorder.dropped(users.workerOf(user), cause);
    if (users.phaseOf(user) === 'open') this.#connecting -= 1;
    // Broken once more before it was ready: it is still not back from the first time.
    if (users.isReady(user) || Number.isNaN(this.#brokenAt[user])) this.#brokenAt[user] = at;
  }

  /** A user ends its connection because it is its time. */
  leave(user: number): void {
    const { driver, recorder, users } = this.#options;
    driver.leave(user);
    recorder.left(users.workerOf(user));
    this.#brokenAt[user] = NEVER;
  }

  /** Gives up those whose handshake has taken too long, or whose subscriptions the target does not confirm. */
  giveUp(now: number): void {
    this.#abandon('connecting', now - CONNECT_WITHIN, 'timeout');
    this.#abandon('open', now - this.#options.answerWithin, 'unconfirmed');
  }

  /**
   * The run is over. Whoever is still connecting has failed: nobody will know how it would have ended. Whoever waits for
   * the target to confirm its subscriptions, and not just since now, is dropped: what it was to send it could not.
   */
  finish(now: number): void {
    this.#abandon('connecting', now, 'unfinished');
    this.#abandon('open', now - CONFIRMED_SOON, 'unfinished');
  }

  /** Abandons those in a phase that began at or before a time. */
  #abandon(phase: 'connecting' | 'open', begunUntil: number, cause: string): void {
    if (this.#connecting === 0) return;
    const { driver, users } = this.#options;
    for (let user = 0; user < users.count; user += 1) {
      if (users.phaseOf(user) !== phase || (this.#begun[user] ?? 0) > begunUntil) continue;
      driver.abandon(user, cause);
    }
  }

  #makeReady(user: number, at: number): void {
    const { ready, recorder, users } = this.#options;
    users.enter(user, 'ready');
    this.#connecting -= 1;
    if (this.#known[user] === 1) recorder.returned();
    this.#known[user] = 1;
    const brokenAt = this.#brokenAt[user] ?? NEVER;
    if (!Number.isNaN(brokenAt)) users.workerOf(user).recovery.record(at - brokenAt);
    this.#brokenAt[user] = NEVER;
    ready(user, at);
  }
}
