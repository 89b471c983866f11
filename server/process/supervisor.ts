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
  /** Milliseconds to wait before a start that follows so many ends in a row. */
  backoff(attempt: number): number;
  /** Called at each `ready`, after a restart too. */
  onReady?(details: unknown, pid: number): void;
  /** Called at each end, asked for or not. */
  onExit?(exit: ChildExit): void;
  /** Takes every message but `ready` and `failed`. */
  onMessage?(message: Message): void;
  /** Default: the real time. */
  clock?: Clock;
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
   * Replaces the child without waiting for back-off and resolves when the new one is ready. Rejects as
   * `ready` does; the child is then tried again like any that ends unasked.
   */
  restart(withinMs: number): Promise<void>;
}

/** A child that was ready for so long has a clean record again. */
const CLEAN_AFTER_MS = 60_000;

const REAL_CLOCK: Clock = {
  now: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** Starts a child and keeps it alive. Works with any Child, by whatever means it was forked. */
export function supervise(options: SupervisorOptions): Supervised {
  return new Supervisor(options);
}

class Supervisor implements Supervised {
  readonly #options: SupervisorOptions;
  readonly #clock: Clock;
  readonly #firstReady = deferred<unknown>();
  readonly #gone = deferred<void>();
  #attempt: Attempt | undefined;
  /** Set from a call of `restart` until its new child is ready or has failed. */
  #replacement: Deferred<void> | undefined;
  #cancelPause: (() => void) | undefined;
  #wasReady = false;
  #readyAt: number | undefined;
  #endsInARow = 0;
  #stopping = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#clock = options.clock ?? REAL_CLOCK;
    this.#begin();
  }

  get ready(): Promise<unknown> {
    return this.#firstReady.promise;
  }

  get pid(): number | undefined {
    return this.#attempt?.pid;
  }

  send(message: Message): void {
    this.#attempt?.send(message);
  }

  stop(withinMs: number): Promise<void> {
    this.#stopping = true;
    this.#replacement?.reject(this.#stoppedError());
    this.#cancelPause?.();
    if (this.#attempt === undefined) {
      this.#gone.resolve();
    } else {
      this.#attempt.stop(withinMs);
    }
    return this.#gone.promise;
  }

  restart(withinMs: number): Promise<void> {
    if (this.#stopping) {
      return Promise.reject(this.#stoppedError());
    }
    if (this.#replacement !== undefined) {
      return this.#replacement.promise;
    }
    const replacement = deferred<void>();
    this.#replacement = replacement;
    if (this.#attempt === undefined) {
      this.#cancelPause?.();
      this.#begin();
    } else {
      this.#attempt.stop(withinMs);
    }
    return replacement.promise;
  }

  #begin(): void {
    const { name, readyWithinMs } = this.#options;
    const options: AttemptOptions = {
      name,
      start: () => this.#options.start(),
      startMessage: () => this.#options.startMessage(),
      readyWithinMs,
      clock: this.#clock,
      onMessage: (message) => this.#options.onMessage?.(message),
    };
    const attempt = new Attempt(options);
    const replacement = this.#replacement;
    this.#attempt = attempt;
    this.#readyAt = undefined;
    attempt.ready.then(
      (details) => this.#becomeReady(attempt, details, replacement),
      (error: Error) => this.#failToStart(error, replacement),
    );
    void attempt.exited.then((exit) => this.#end(exit));
  }

  #becomeReady(attempt: Attempt, details: unknown, replacement: Deferred<void> | undefined): void {
    this.#wasReady = true;
    this.#readyAt = this.#clock.now();
    this.#firstReady.resolve(details);
    this.#settle(replacement);
    replacement?.resolve();
    this.#options.onReady?.(details, attempt.pid ?? 0);
  }

  #failToStart(error: Error, replacement: Deferred<void> | undefined): void {
    this.#firstReady.reject(error);
    this.#settle(replacement);
    replacement?.reject(error);
  }

  #settle(replacement: Deferred<void> | undefined): void {
    if (replacement === this.#replacement) {
      this.#replacement = undefined;
    }
  }

  #end(exit: ChildExit): void {
    this.#attempt = undefined;
    this.#options.onExit?.(exit);
    if (this.#stopping) {
      this.#gone.resolve();
      return;
    }
    if (exit.expected) {
      this.#begin(); // only `restart` asks for an end without `stop`
      return;
    }
    if (this.#options.restart && this.#wasReady) {
      this.#beginLater();
    }
  }

  #beginLater(): void {
    const livedLong = this.#readyAt !== undefined && this.#clock.now() - this.#readyAt >= CLEAN_AFTER_MS;
    this.#endsInARow = livedLong ? 1 : this.#endsInARow + 1;
    this.#cancelPause = this.#clock.after(this.#options.backoff(this.#endsInARow), () => this.#begin());
  }

  #stoppedError(): ClusterError {
    return new ClusterError(`Cannot start "${this.#options.name}": it is being stopped`, {
      code: 'PROCESS_FAILED',
    });
  }
}
