/**
 * Middleware: functions of the application that let an action pass or block it. They stand in lines, one
 * line a kind of action, and are asked in the order they were added; the first that blocks ends it.
 *
 * A line whose functions answer at once answers at once: nothing is made per action but its request.
 */
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

/** One function of a line. What it throws, or rejects with, blocks like an error given to `next`. */
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
  /** Told of each block that is no silent one, and of each function that was too late. */
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

  /** Asks a line. `decided` is called once: without a block when the action may pass. */
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
      if (error === undefined || error === null || error === false) {
        this.#askFrom(index + 1, asking);
      } else {
        asking.decided(this.#blockOf(asking.line, error, detail));
      }
    };
    call(middleware, asking.request, next);
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
    this.#options.warn(error instanceof Error ? error : new Error(textOf(error)));
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

function call(middleware: Middleware, request: unknown, next: Next): void {
  try {
    const result = middleware(request as never, next);
    if (result instanceof Promise) {
      result.catch(next);
    }
  } catch (error) {
    next(error);
  }
}

function textOf(error: unknown): string {
  return typeof error === 'string' ? error : JSON.stringify(error);
}
