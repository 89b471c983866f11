/** One life of a supervised child: from its start over `ready` to its end. A restart is a new attempt. */
import { ClusterError, type ErrorCode, isErrorCode } from '../errors/index.ts';
import { type Leave, type Message, type ParentMessage, textOf } from './ipc.ts';
import type { Child, Exit } from './start.ts';

/** Time as supervision sees it; tests bring their own. */
export interface Clock {
  /** Monotonic, milliseconds. */
  now(): number;
  /** Calls back after so many milliseconds, unless the returned function is called first. */
  after(ms: number, callback: () => void): () => void;
}

/** The real time. */
export const REAL_CLOCK: Clock = {
  now: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** A child's own report of the error that ended it. */
export interface Failure {
  message: string;
  code?: string;
  stack?: string;
}

/** How a supervised child ended. */
export interface ChildExit extends Exit {
  /** 0 when the system refused to start it. */
  pid: number;
  /** Whether the supervisor's owner asked for it. */
  expected: boolean;
  failure?: Failure;
}

/** What an attempt needs to know. */
export interface AttemptOptions {
  name: string;
  start(): Child | Promise<Child>;
  startMessage(): Message;
  readyWithinMs: number;
  /** Decides, when the child is told to end, how long it really has, and what it is told besides. */
  leave?: ((withinMs: number) => Leave) | undefined;
  /** Called before any message that follows. */
  onReady?(details: unknown): void;
  onMessage?(message: Message): void;
  clock: Clock;
}

/** Starts a child at once. `exited` always resolves; `ready` rejects when the child ends before it is ready. */
export class Attempt {
  readonly #options: AttemptOptions;
  readonly #ready = deferred<unknown>();
  readonly #exited = deferred<ChildExit>();
  readonly #cancelReadyDeadline: () => void;
  #cancelStopDeadline: (() => void) | undefined;
  #child: Child | undefined;
  #pid: number | undefined;
  #stopMessage: ParentMessage | undefined;
  #failure: Failure | undefined;
  #isLate = false;

  constructor(options: AttemptOptions) {
    this.#options = options;
    this.#cancelReadyDeadline = options.clock.after(options.readyWithinMs, () => {
      this.#isLate = true;
      this.#child?.kill('SIGKILL');
    });
    this.#begin().catch((error: unknown) =>
      this.#end({ pid: 0, code: null, signal: null, lastWords: textOf(error) }),
    );
  }

  get ready(): Promise<unknown> {
    return this.#ready.promise;
  }

  get exited(): Promise<ChildExit> {
    return this.#exited.promise;
  }

  /** Undefined until the system has started it. */
  get pid(): number | undefined {
    return this.#pid;
  }

  /** Whether it was asked to end. */
  get isStopping(): boolean {
    return this.#stopMessage !== undefined;
  }

  send(message: Message): void {
    this.#child?.send(message);
  }

  /** Asks the child to end and kills it at the deadline. A second call changes nothing. */
  stop(withinMs: number): void {
    if (this.#stopMessage !== undefined) {
      return;
    }
    const { leave: decide } = this.#options;
    const leave = decide === undefined || withinMs === 0 ? { withinMs } : decide(withinMs);
    this.#stopMessage = { type: 'stop', ...leave };
    this.#cancelStopDeadline = this.#options.clock.after(leave.withinMs, () => this.#child?.kill('SIGKILL'));
    this.send(this.#stopMessage);
  }

  async #begin(): Promise<void> {
    const child = await this.#options.start();
    this.#child = child;
    this.#pid = child.pid;
    child.onMessage((message) => this.#take(message));
    child.onExit((exit) => this.#end({ pid: child.pid, ...exit }));
    if (this.#stopMessage !== undefined || this.#isLate) {
      child.kill('SIGKILL'); // it has done nothing yet that would need an orderly end
      return;
    }
    child.send(this.#options.startMessage());
  }

  #take(message: Message): void {
    if (this.#child === undefined) {
      return; // A straggler: the next child is asked and answered by now.
    }
    switch (message.type) {
      case 'ready':
        this.#cancelReadyDeadline();
        this.#ready.resolve(message['details']);
        this.#options.onReady?.(message['details']);
        return;
      case 'failed':
        this.#failure = failureOf(message);
        return;
      default:
        this.#options.onMessage?.(message);
    }
  }

  #end(exit: Exit & { pid: number }): void {
    this.#cancelReadyDeadline();
    this.#cancelStopDeadline?.();
    this.#child = undefined;
    this.#ready.reject(this.#errorOf(exit));
    const failure = this.#failure;
    const expected = this.#stopMessage !== undefined;
    this.#exited.resolve({ ...exit, expected, ...(failure === undefined ? {} : { failure }) });
  }

  #errorOf({ code, signal, lastWords }: Exit): ClusterError {
    const { name, readyWithinMs } = this.#options;
    const failure = this.#failure;
    if (failure !== undefined) {
      return new ClusterError(`Cannot start "${name}": ${failure.message}`, { code: codeOf(failure) });
    }
    if (this.#isLate) {
      return failed(`Cannot start "${name}": it was not ready within ${readyWithinMs} ms`, lastWords);
    }
    const end = code === null ? (signal ?? 'an error of the system') : `code ${code}`;
    return failed(`Cannot start "${name}": it ended with ${end} before it was ready`, lastWords);
  }
}

/** A promise with its handles. Settling it again changes nothing. */
export interface Deferred<Value> {
  promise: Promise<Value>;
  resolve(value: Value): void;
  reject(error: Error): void;
}

/** Makes a promise whose rejection may go unheard: whoever waits hears it, and nobody is obliged to wait. */
export function deferred<Value>(): Deferred<Value> {
  let handles: Pick<Deferred<Value>, 'resolve' | 'reject'> | undefined;
  const promise = new Promise<Value>((resolve, reject) => {
    handles = { resolve, reject };
  });
  promise.catch(() => {});
  return { promise, resolve: (value) => handles?.resolve(value), reject: (error) => handles?.reject(error) };
}

function failed(sentence: string, lastWords: string): ClusterError {
  const words = lastWords.trim();
  return new ClusterError(words === '' ? sentence : `${sentence}; its last words: ${words}`, {
    code: 'PROCESS_FAILED',
  });
}

function failureOf(message: Message): Failure {
  const { message: text, code, stack } = message;
  return {
    message: String(text),
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof stack === 'string' ? { stack } : {}),
  };
}

function codeOf({ code }: Failure): ErrorCode {
  return isErrorCode(code) ? code : 'PROCESS_FAILED';
}
