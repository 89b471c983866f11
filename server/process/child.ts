/** The child's side of supervision: report ready, obey stop, die with the parent, leave last words. */
import { ClusterError } from '../errors/index.ts';
import { type ChildMessage, isMessage, type Message, post, textOf } from './ipc.ts';
import { ENDING_SIGNALS } from './shutdown.ts';

/** What a child process does, told by its `main.ts`. */
export interface ChildBody<Options> {
  /**
   * Called once, with the options of the parent's start message; they are trusted, because the parent is
   * the same build. The result goes to the parent as the details of `ready`. Throwing ends the process.
   */
  start(options: Options): Promise<unknown>;
  /**
   * Called at most once, also before `start` has ended. The process exits when it resolves or the time is up.
   *
   * @param order What the parent says of it besides; empty when the parent is gone.
   */
  stop(withinMs: number, order: Readonly<Record<string, unknown>>): Promise<void>;
  /** Figures of this process, sent once it is ready and once a second from then on. Default: none are. */
  snapshot?(): unknown;
  /** Takes messages other than start and stop. */
  message?(message: Message): void;
  /** Decides on an error that nobody caught, once the child is ready: true when it goes on. Default: it does not. */
  survive?(error: unknown): boolean;
}

/** The line to the parent. */
export interface ParentLine {
  /** Sends a message; dropped when the parent is gone. @throws TypeError when it is not JSON. */
  send(message: Message): void;
}

/** Given to `stop` when no parent says how long it may take: when it is gone. */
const STOP_WITHIN_MS = 5_000;

/** Pause between two snapshots, milliseconds. */
const SNAPSHOT_MS = 1_000;

/** A full channel must not keep a failed process alive. */
const FLUSH_WITHIN_MS = 1_000;

/**
 * Makes this process a child that its parent can supervise: it starts when told so, stops on the parent's
 * word and when the parent is gone, and reports an error nobody caught before it exits with 1. Signals that end
 * are ignored: terminals and supervisors send them to the whole group, and the parent decides who ends when.
 *
 * @throws ClusterError USAGE_WRONG when this process has no parent that speaks to it.
 */
export function runChild<Options>(body: ChildBody<Options>): ParentLine {
  if (process.send === undefined) {
    throw new ClusterError(`Cannot run "${process.argv[1]}" by itself: it is started by its parent process`, {
      code: 'USAGE_WRONG',
    });
  }
  const life = new Life(body);
  for (const signal of ENDING_SIGNALS) {
    process.on(signal, () => {});
  }
  process.once('disconnect', () => life.stop(STOP_WITHIN_MS));
  process.on('uncaughtException', (error) => life.meet(error));
  process.on('unhandledRejection', (reason) => life.meet(reason));
  process.on('message', (message) => {
    if (isMessage(message)) {
      life.take(message);
    }
  });
  life.send({ type: 'hello' });
  return { send: (message) => life.send(message) };
}

class Life<Options> {
  readonly #body: ChildBody<Options>;
  #started = false;
  #isReady = false;
  #stopping = false;
  #failed = false;
  #unsent = 0;
  #flushed = (): void => {};

  constructor(body: ChildBody<Options>) {
    this.#body = body;
  }

  take(message: Message): void {
    switch (message.type) {
      case 'start':
        this.#start(message['options'] as Options);
        return;
      case 'stop':
        this.stop(Number(message['withinMs']), message);
        return;
      default:
        this.#body.message?.(message);
    }
  }

  send(message: Message): void {
    this.#unsent += 1;
    try {
      post(process, message, () => this.#settle());
    } catch (error) {
      this.#settle();
      throw error;
    }
  }

  stop(withinMs: number, order: Readonly<Record<string, unknown>> = {}): void {
    if (this.#stopping || this.#failed) {
      return;
    }
    this.#stopping = true;
    setTimeout(() => process.exit(1), withinMs).unref();
    Promise.resolve(this.#body.stop(withinMs, order)).then(
      () => this.#exit(0),
      (error: unknown) => this.fail(error),
    );
  }

  /** Meets an error that nobody caught. */
  meet(error: unknown): void {
    if (!this.#isReady || this.#body.survive?.(error) !== true) {
      this.fail(error);
    }
  }

  fail(reason: unknown): void {
    if (this.#failed) {
      return;
    }
    this.#failed = true;
    const stack = reason instanceof Error ? reason.stack : undefined;
    // A ClusterError is a sentence for people, and the parent says it; of anything else the place matters.
    if (!(reason instanceof ClusterError)) {
      process.stderr.write(`${stack ?? textOf(reason)}\n`);
    }
    const failed: ChildMessage = {
      type: 'failed',
      message: textOf(reason),
      ...(stack === undefined ? {} : { stack }),
      ...(reason instanceof ClusterError ? { code: reason.code } : {}),
    };
    this.send(failed);
    this.#exit(1);
  }

  #start(options: Options): void {
    if (this.#started || this.#stopping) {
      return;
    }
    this.#started = true;
    this.#body.start(options).then(
      (details) => {
        this.#isReady = true;
        this.send({ type: 'ready', details });
        this.#sendSnapshots();
      },
      (error: unknown) => this.fail(error),
    );
  }

  #sendSnapshots(): void {
    if (this.#body.snapshot === undefined) {
      return;
    }
    const send = (): void => this.send({ type: 'snapshot', snapshot: this.#body.snapshot?.() });
    send();
    setInterval(send, SNAPSHOT_MS).unref();
  }

  /** Exits when the last message has left: `process.exit` would cut it off. */
  #exit(code: number): void {
    const exit = (): void => process.exit(code);
    if (this.#unsent === 0) {
      exit();
      return;
    }
    this.#flushed = exit;
    setTimeout(exit, FLUSH_WITHIN_MS);
  }

  #settle(): void {
    this.#unsent -= 1;
    if (this.#unsent === 0) {
      this.#flushed();
    }
  }
}
