/** Middleware of the balancer: functions of the application that see a request before any worker does. */
import { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { changeHead, type RequestHead } from '../head/index.ts';

/**
 * The first request of a connection as a middleware sees it: its head. What is changed of `url` and `headers` reaches
 * the worker, but for the fields that frame connection and body. The body stays unread, and goes to the worker.
 */
export type BalancerRequest = IncomingMessage & {
  /** Address of the client's end of the connection. */
  readonly remoteAddress: string;
};

/** Passes the request on. With an error or a reason it is blocked and answered 403. */
export type BalancerNext = (error?: unknown) => void;

/** Sees each request that asks for no upgrade. It may answer itself with `response` instead of calling `next`. */
export type RequestMiddleware = (
  request: BalancerRequest,
  response: ServerResponse,
  next: BalancerNext,
) => unknown;

/** Sees each upgrade. It may write to `socket` and end it itself instead of calling `next`. */
export type UpgradeMiddleware = (request: BalancerRequest, socket: Socket, next: BalancerNext) => unknown;

/** What becomes of a request. `answered`: a middleware took it over, or the client left. */
export type Verdict =
  | { kind: 'pass'; head: RequestHead }
  | { kind: 'answered' | 'middlewareFailed' | 'middlewareLate' }
  | { kind: 'blocked'; why: string };

type Step = (next: BalancerNext) => unknown;
type Outcome = Exclude<Verdict, { kind: 'pass' }> | { kind: 'pass' };

/** The chains of both kinds. */
export class Middleware {
  readonly request: RequestMiddleware[] = [];
  readonly upgrade: UpgradeMiddleware[] = [];
  readonly #deadlineMs: number;
  readonly #warn: (warning: Error) => void;
  /** Functions that were warned of: once is enough, counters tell how often. */
  readonly #warned = new Map<string, WeakSet<object>>();

  /**
   * @param deadlineMs Time each function has to call `next`.
   * @param warn Told the first time that a function throws, is late, or asks for what it cannot have.
   */
  constructor(deadlineMs: number, warn: (warning: Error) => void) {
    this.#deadlineMs = deadlineMs;
    this.#warn = warn;
  }

  /** Whether any function has to be asked before a request of either kind may pass. */
  get isEmpty(): boolean {
    return this.request.length + this.upgrade.length === 0;
  }

  /**
   * Asks the functions of the request's kind in their order. Nobody may read from the socket meanwhile.
   *
   * @param answered Called when a function has written a whole response of its own.
   */
  async ask(head: RequestHead, socket: Socket, answered: () => void): Promise<Verdict> {
    const functions = head.isUpgrade ? this.upgrade : this.request;
    if (functions.length === 0) {
      return { kind: 'pass', head };
    }
    let asked: object = functions;
    const request = requestOf(head, socket, () =>
      this.#warnOnce('reading', asked, 'reads a body, which stays unread here: the worker gets it'),
    );
    if (head.isUpgrade) {
      const outcome = await this.#askAll(this.upgrade, socket, (each) => (next) => {
        asked = each;
        return each(request, socket, next);
      });
      return this.#verdictOf(outcome, head, request, asked);
    }
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.once('finish', answered);
    const outcome = await this.#askAll(this.request, socket, (each) => (next) => {
      asked = each;
      return each(request, response, next);
    });
    if (response.headersSent) {
      if (outcome.kind !== 'answered' && !response.writableEnded) {
        socket.destroy(); // Half an answer is out, so nothing else can be said.
      }
      return { kind: 'answered' };
    }
    response.detachSocket(socket);
    if (outcome.kind === 'pass' && response.getHeaderNames().length > 0) {
      this.#warnOnce('header', asked, 'sets headers of a response that the worker gives: they are not sent');
    }
    return this.#verdictOf(outcome, head, request, asked);
  }

  /** Passes the request on as the functions have left it. */
  #verdictOf(outcome: Outcome, head: RequestHead, request: BalancerRequest, asked: object): Verdict {
    if (outcome.kind !== 'pass') {
      return outcome;
    }
    const changed = changeHead(head, request);
    if (changed === undefined) {
      const what =
        'leaves a request that cannot be written, with a line end or another character of none in it';
      this.#warnOnce('change', asked, what);
      return { kind: 'middlewareFailed' };
    }
    return { kind: 'pass', head: changed };
  }

  async #askAll<Each extends RequestMiddleware | UpgradeMiddleware>(
    functions: readonly Each[],
    socket: Socket,
    stepOf: (each: Each) => Step,
  ): Promise<Outcome> {
    for (const each of functions) {
      const verdict = await this.#run(stepOf(each), each, socket);
      if (verdict.kind !== 'pass') {
        return verdict;
      }
    }
    return { kind: 'pass' };
  }

  #run(step: Step, asked: RequestMiddleware | UpgradeMiddleware, socket: Socket): Promise<Outcome> {
    return new Promise((resolve) => {
      const settle = (verdict: Outcome): void => {
        clearTimeout(timer);
        socket.off('close', leave);
        resolve(verdict);
      };
      const leave = (): void => settle({ kind: 'answered' });
      const fail = (error: unknown): void => {
        this.#warnOnce('failed', asked, `failed: ${reasonOf(error)}`, error);
        settle({ kind: 'middlewareFailed' });
      };
      const timer = setTimeout(() => {
        this.#warnOnce('late', asked, `did not call next within ${this.#deadlineMs} ms`);
        settle({ kind: 'middlewareLate' });
      }, this.#deadlineMs);
      socket.once('close', leave);
      const next: BalancerNext = (error) =>
        settle(error ? { kind: 'blocked', why: reasonOf(error) } : { kind: 'pass' });
      try {
        Promise.resolve(step(next)).catch(fail);
      } catch (error) {
        fail(error);
      }
    });
  }

  #warnOnce(
    kind: 'change' | 'failed' | 'header' | 'late' | 'reading',
    asked: object,
    what: string,
    cause?: unknown,
  ): void {
    const warned = this.#warned.get(kind) ?? new WeakSet();
    this.#warned.set(kind, warned);
    if (warned.has(asked)) {
      return;
    }
    warned.add(asked);
    const name = typeof asked === 'function' ? asked.name : '';
    const warning = new Error(`Middleware "${name}" of the balancer ${what}`, { cause });
    warning.name = 'MiddlewareWarning';
    this.#warn(warning);
  }
}

function requestOf(head: RequestHead, socket: Socket, isRead: () => void): BalancerRequest {
  const request = new IncomingMessage(socket);
  request.method = head.method;
  request.url = head.url;
  request.httpVersion = `1.${head.minorVersion}`;
  request.httpVersionMajor = 1;
  request.httpVersionMinor = head.minorVersion;
  request.headers = { ...head.headers };
  request.rawHeaders = head.fields.flat();
  // That of Node would make the connection flow, past whoever gets it next.
  request._read = () => {
    isRead();
    request.complete = true; // or its end would take the connection with it
    request.push(null);
  };
  return Object.assign(request, { remoteAddress: socket.remoteAddress ?? '' });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
