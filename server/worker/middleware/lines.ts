/**
 * Middleware: functions of the application that let an action pass or block it. They stand in lines, one
 * line a kind of action, and are asked in the order they were added; the first that blocks ends it.
 *
 * A line whose functions answer at once answers at once: nothing is made per action but its request.
 */
import { asError, shielded, throwLater } from '../../errors/index.ts';
import { WireError } from '../../protocol/index.ts';

/** The lines, by the names of SocketCluster 14. */
export const lines = {
  MIDDLEWARE_HANDSHAKE_WS: 'handshakeWS',
  MIDDLEWARE_HANDSHAKE_SC: 'handshakeSC',
  MIDDLEWARE_AUTHENTICATE: 'authenticate',
  MIDDLEWARE_EMIT: 'emit',
  MIDDLEWARE_SUBSCRIBE: 'subscribe',
  MIDDLEWARE_PUBLISH_IN: 'publishIn',
  MIDDLEWARE_PUBLISH_OUT: 'publishOut',
} as const;

/** Name of a line. */
export type Line = (typeof lines)[keyof typeof lines];

/**
 * Lets the action pass when called without arguments. With an error it is blocked and the client is told;
 * with `true` it is blocked quietly. `detail` is the close code of HANDSHAKE_SC and whether a token is bad
 * in AUTHENTICATE.
 */
export type Next = (error?: unknown, detail?: unknown) => void;

/**
 * One function of a line. What it throws, or rejects with, blocks like an error given to `next`; once it has
 * answered, it is an error that nobody catches. What the action itself throws never comes back through `next`.
 */
export type Middleware<Request = never> = (request: Request, next: Next) => unknown;

/** Why an action may not pass. */
export interface Block {
  /** Told to the client. */
  error: unknown;
  isSilent: boolean;
  detail: unknown;
}

export interface LinesOptions {
  /** Time a function has to call `next`, milliseconds. */
  deadlineMs: number;
  /** Told of each block that is no silent one, of each function that was too late, and of what `warn` is given. */
  warn: (warning: Error) => void;
}

export class Lines {
  readonly #functions = new Map<Line, Middleware[]>();
  readonly #options: LinesOptions;

  constructor(options: LinesOptions) {
    this.#options = options;
  }

  add(line: Line, middleware: Middleware): void {
    this.#functions.set(line, [...(this.#functions.get(line) ?? []), middleware]);
  }

  remove(line: Line, middleware: Middleware): void {
    const left = (this.#functions.get(line) ?? []).filter((each) => each !== middleware);
    if (left.length === 0) {
      this.#functions.delete(line);
    } else {
      this.#functions.set(line, left);
    }
  }

  /** Whether nobody stands in any line: then packets need not wait for one another. */
  get isUnused(): boolean {
    return this.#functions.size === 0;
  }

  /** Whether nobody stands in a line: then its actions need no request. */
  isEmpty(line: Line): boolean {
    return !this.#functions.has(line);
  }

  /** Warns the application of what its functions did wrong. */
  warn(warning: Error): void {
    this.#options.warn(warning);
  }

  /**
   * Asks a line. `decided` is called once: without a block when the action may pass. What it throws is an error
   * that nobody catches.
   */
  ask(line: Line, request: unknown, decided: (block?: Block) => void): void {
    this.#askFrom(0, { line, functions: this.#functions.get(line) ?? [], request, decided });
  }

  #askFrom(index: number, asking: Asking): void {
    const middleware = asking.functions[index];
    if (middleware === undefined) {
      asking.decided();
      return;
    }
    let hasAnswered = false;
    let timer: NodeJS.Timeout | undefined;
    const next: Next = (error, detail) => {
      if (hasAnswered) {
        return; // An answer is final; SocketCluster ignores a second one too.
      }
      hasAnswered = true;
      clearTimeout(timer);
      // A function may catch what its own code throws around `next`, and must not catch what is not its own.
      shielded(() => {
        if (error === undefined || error === null || error === false) {
          this.#askFrom(index + 1, asking);
        } else {
          asking.decided(this.#blockOf(asking.line, error, detail));
        }
      });
    };
    const failed = (error: unknown): void => {
      if (hasAnswered) {
        throwLater(error);
      } else {
        next(error || asError(error)); // nothing thrown may be taken for "no error"
      }
    };
    call(middleware, { request: asking.request, next, failed });
    if (!hasAnswered) {
      timer = setTimeout(() => next(this.#tooLate(asking.line, middleware)), this.#options.deadlineMs);
      timer.unref();
    }
  }

  #blockOf(line: Line, error: unknown, detail: unknown): Block {
    if (error === true) {
      const silent = new WireError(`Action was silently blocked by ${line} middleware`, {
        name: 'SilentMiddlewareBlockedError',
        type: line,
      });
      return { error: silent, isSilent: true, detail };
    }
    this.warn(asError(error));
    return { error, isSilent: false, detail };
  }

  #tooLate(line: Line, { name }: Middleware): WireError {
    const who = name === '' ? 'A function' : `Function "${name}"`;
    return new WireError(
      `${who} in the ${line} middleware did not call next within ${this.#options.deadlineMs} ms`,
      {
        name: 'TimeoutError',
      },
    );
  }
}

interface Asking {
  line: Line;
  functions: readonly Middleware[];
  request: unknown;
  decided: (block?: Block) => void;
}

interface Call {
  request: unknown;
  next: Next;
  /** Told of what the function throws or rejects with. */
  failed: (error: unknown) => void;
}

function call(middleware: Middleware, { request, next, failed }: Call): void {
  try {
    const result = middleware(request as never, next);
    if (result instanceof Promise) {
      result.catch(failed);
    }
  } catch (error) {
    failed(error);
  }
}
