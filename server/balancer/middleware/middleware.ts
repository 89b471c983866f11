/** Middleware of the balancer: functions of the application that see a request before any worker does. */
import { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { RequestHead } from '../head/index.ts';

/** The first request of a connection as a middleware sees it: its head; the body stays unread. */
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
  | { kind: 'pass' | 'answered' | 'middlewareFailed' | 'middlewareLate' }
  | { kind: 'blocked'; why: string };

type Step = (next: BalancerNext) => unknown;

/** The chains of both kinds. */
export class Middleware {
  readonly request: RequestMiddleware[] = [];
  readonly upgrade: UpgradeMiddleware[] = [];
  readonly #deadlineMs: number;
  readonly #warn: (warning: Error) => void;
  /** Functions that were warned of: once is enough, counters tell how often. */
  readonly #warned = { failed: new WeakSet<object>(), late: new WeakSet<object>() };

  /**
   * @param deadlineMs Time each function has to call `next`.
   * @param warn Told the first time that a function throws, and the first time that it is late.
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
      return { kind: 'pass' };
    }
    const request = requestOf(head, socket);
    if (head.isUpgrade) {
      return this.#askAll(this.upgrade, socket, (each) => (next) => each(request, socket, next));
    }
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.once('finish', answered);
    const verdict = await this.#askAll(
      this.request,
      socket,
      (each) => (next) => each(request, response, next),
    );
    if (response.headersSent) {
      if (verdict.kind !== 'answered' && !response.writableEnded) {
        socket.destroy(); // Half an answer is out, so nothing else can be said.
      }
      return { kind: 'answered' };
    }
    response.detachSocket(socket);
    return verdict;
  }

  async #askAll<Each extends RequestMiddleware | UpgradeMiddleware>(
    functions: readonly Each[],
    socket: Socket,
    stepOf: (each: Each) => Step,
  ): Promise<Verdict> {
    for (const each of functions) {
      const verdict = await this.#run(stepOf(each), each, socket);
      if (verdict.kind !== 'pass') {
        return verdict;
      }
    }
    return { kind: 'pass' };
  }

  #run(step: Step, asked: RequestMiddleware | UpgradeMiddleware, socket: Socket): Promise<Verdict> {
    return new Promise((resolve) => {
      const settle = (verdict: Verdict): void => {
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
    kind: 'failed' | 'late',
    asked: RequestMiddleware | UpgradeMiddleware,
    what: string,
    cause?: unknown,
  ): void {
    if (this.#warned[kind].has(asked)) {
      return;
    }
    this.#warned[kind].add(asked);
    const warning = new Error(`Middleware "${asked.name}" of the balancer ${what}`, { cause });
    warning.name = 'MiddlewareWarning';
    this.#warn(warning);
  }
}

function requestOf(head: RequestHead, socket: Socket): BalancerRequest {
  const request = new IncomingMessage(socket);
  request.method = head.method;
  request.url = head.url;
  request.httpVersion = `1.${head.minorVersion}`;
  request.httpVersionMajor = 1;
  request.httpVersionMinor = head.minorVersion;
  request.headers = head.headers;
  request.rawHeaders = head.fields.flat();
  return Object.assign(request, { remoteAddress: socket.remoteAddress ?? '' });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
