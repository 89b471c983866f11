/**
 * Keeps one child alive: starts it, starts it again when it ends unasked, stops it in time. Decides about
 * that one child only; the order among several is the caller's.
 */
import { ClusterError } from '../errors/index.ts';
import {
  Attempt,
  type AttemptOptions,
  type ChildExit,
  type Clock,
  type Deferred,
  deferred,
  REAL_CLOCK,
} from './attempt.ts';
import type { Message } from './ipc.ts';
import type { Child } from './start.ts';

/** What to keep alive, and how. */
export interface SupervisorOptions {
  /** Names the child in errors, for example `worker 2`. */
  name: string;
  start(): Child | Promise<Child>;
  /** Made anew for each start. */
  startMessage(): Message;
  /** A child that is not ready by then is killed. */
  readyWithinMs: number;
  /** Whether a child that ends unasked is started again, once it has been ready for a first time. */
  restart: boolean;
  /**
   * Whether two can do the same work for a while: `restart` then starts the successor first, and the child goes
   * on until that is ready. Default: false, as they might claim the same thing, such as a path.
   */
  overlap?: boolean;
  /** Decides, when a child is told to end, how long it really has, and what it is told besides. Default: as given. */
  leave?: AttemptOptions['leave'];
  /** Milliseconds to wait before a start that follows so many ends in a row. */
  backoff(attempt: number): number;
  /** Called at each `ready`, after a restart too. From then on this life is the present one. */
  onReady?(details: unknown, life: Life): void;
  /** Called at each end, asked for or not. */
  onExit?(exit: ChildExit, life: Life): void;
  /** Takes every message but `ready` and `failed`. */
  onMessage?(message: Message, life: Life): void;
  /** Default: the real time. */
  clock?: Clock;
}

/** One life of the child: two of them overlap while one replaces the other. */
export interface Life {
  /** Undefined before it has begun. */
  readonly pid: number | undefined;
  /** Sends to this one; dropped before it has begun and after its end. */
  send(message: Message): void;
}

/** A child that is kept alive. */
export interface Supervised {
  /**
   * The details of the first `ready`. Rejects when the first start fails, with the code the child gave or
   * else with ClusterError PROCESS_FAILED; it is not tried again then.
   */
  readonly ready: Promise<unknown>;
  /** Process id of the present child; undefined between two. */
  readonly pid: number | undefined;
  /** Sends to the present child; dropped between two. */
  send(message: Message): void;
  /** Asks the child to end, kills it at the deadline, and resolves when it is gone for good. */
  stop(withinMs: number): Promise<void>;
  /**
   * Replaces the child without waiting for back-off, and resolves when the new one is ready and the old one gone.
   * Rejects as `ready` does. With `overlap` the old one stays then; else the child is tried again like any that
   * ends unasked. `withinMs` of 0 ends the old one at once, whether or not there is a new one.
   */
  restart(withinMs: number): Promise<void>;
}

/** A child that was ready for so long has a clean record again. */
const CLEAN_AFTER_MS = 60_000;

/** Starts a child and keeps it alive. Works with any Child, by whatever means it was forked. */
export function supervise(options: SupervisorOptions): Supervised {
  return new Supervisor(options);
}

class Supervisor implements Supervised {
  readonly #options: SupervisorOptions;
  readonly #clock: Clock;
  readonly #firstReady = deferred<unknown>();
  readonly #gone = deferred<void>();
  #present: Attempt | undefined;
  /** Starts while the present one goes on. */
  #successor: Attempt | undefined;
  /** Was replaced and is about to end. */
  #retired: Attempt | undefined;
  /** Set from a call of `restart` until it is done or has failed. */
  #replacement: (Deferred<void> & { withinMs: number }) | undefined;
  #cancelPause: (() => void) | undefined;
  #wasReady = false;
  #readyAt: number | undefined;
  #endsInARow = 0;
  #stopping = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#clock = options.clock ?? REAL_CLOCK;
    this.#beginPresent();
  }

  get ready(): Promise<unknown> {
    return this.#firstReady.promise;
  }

  get pid(): number | undefined {
    return this.#present?.pid;
  }

  send(message: Message): void {
    this.#present?.send(message);
  }

  stop(withinMs: number): Promise<void> {
    this.#stopping = true;
    this.#replacement?.reject(this.#stoppedError());
    this.#cancelPause?.();
    for (const attempt of this.#alive) {
      attempt.stop(withinMs);
    }
    this.#settleGone();
    return this.#gone.promise;
  }

  restart(withinMs: number): Promise<void> {
    if (this.#stopping) {
      return Promise.reject(this.#stoppedError());
    }
    if (this.#replacement !== undefined) {
      return this.#replacement.promise;
    }
    const replacement = { ...deferred<void>(), withinMs };
    this.#replacement = replacement;
    if (this.#present === undefined) {
      this.#cancelPause?.();
      this.#beginPresent();
    } else if (this.#options.overlap === true && withinMs > 0) {
      this.#successor = this.#begin();
    } else {
      this.#present.stop(withinMs);
    }
    return replacement.promise;
  }

  get #alive(): Attempt[] {
    return [this.#present, this.#successor, this.#retired].filter((attempt) => attempt !== undefined);
  }

  #beginPresent(): void {
    this.#readyAt = undefined;
    this.#present = this.#begin();
  }

  #begin(): Attempt {
    const { name, readyWithinMs, leave } = this.#options;
    const attempt: Attempt = new Attempt({
      name,
      start: () => this.#options.start(),
      startMessage: () => this.#options.startMessage(),
      readyWithinMs,
      leave,
      clock: this.#clock,
      onReady: (details) => this.#becomeReady(attempt, details),
      onMessage: (message) => this.#options.onMessage?.(message, attempt),
    });
    attempt.ready.catch((error: Error) => this.#failToStart(attempt, error));
    void attempt.exited.then((exit) => this.#end(attempt, exit));
    return attempt;
  }

  #becomeReady(attempt: Attempt, details: unknown): void {
    if (attempt === this.#successor) {
      if (this.#stopping) {
        return;
      }
      this.#retired = this.#present;
      this.#present = attempt;
      this.#successor = undefined;
    }
    this.#wasReady = true;
    this.#readyAt = this.#clock.now();
    this.#firstReady.resolve(details);
    this.#options.onReady?.(details, attempt);
    this.#retired?.stop(this.#replacement?.withinMs ?? 0);
    this.#settleReplacement();
  }

  #failToStart(attempt: Attempt, error: Error): void {
    this.#firstReady.reject(error);
    // The end of a present one that is being replaced before it was ready is what was asked for.
    if (attempt === this.#successor || (this.#successor === undefined && !attempt.isStopping)) {
      this.#replacement?.reject(error);
      this.#replacement = undefined;
    }
  }

  #end(attempt: Attempt, exit: ChildExit): void {
    const wasPresent = attempt === this.#present;
    const wasRetired = attempt === this.#retired;
    this.#present = wasPresent ? undefined : this.#present;
    this.#successor = attempt === this.#successor ? undefined : this.#successor;
    this.#retired = wasRetired ? undefined : this.#retired;
    this.#options.onExit?.(exit, attempt);
    if (this.#stopping) {
      this.#settleGone();
    } else if (wasRetired || this.#present !== undefined || this.#successor !== undefined) {
      this.#settleReplacement(); // who does the work is there, or about to be
    } else if (wasPresent && exit.expected) {
      this.#beginPresent(); // only `restart` asks for an end without `stop`
    } else if (this.#options.restart && this.#wasReady) {
      this.#beginLater();
    }
  }

  /** A replacement is done when the old one is gone and the new one ready. */
  #settleReplacement(): void {
    const isReady = this.#present !== undefined && this.#readyAt !== undefined;
    if (isReady && this.#successor === undefined && this.#retired === undefined) {
      this.#replacement?.resolve();
      this.#replacement = undefined;
    }
  }

  #settleGone(): void {
    if (this.#alive.length === 0) {
      this.#gone.resolve();
    }
  }

  #beginLater(): void {
    const livedLong = this.#readyAt !== undefined && this.#clock.now() - this.#readyAt >= CLEAN_AFTER_MS;
    this.#endsInARow = livedLong ? 1 : this.#endsInARow + 1;
    this.#cancelPause = this.#clock.after(this.#options.backoff(this.#endsInARow), () =>
      this.#beginPresent(),
    );
  }

  #stoppedError(): ClusterError {
    return new ClusterError(`Cannot start "${this.#options.name}": it is being stopped`, {
      code: 'PROCESS_FAILED',
    });
  }
}
