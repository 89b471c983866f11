/** The part of a realtime server where the application puts its middleware. */
import { EventEmitter } from 'node:events';
import { suggest, wantFunction } from '../../errors/index.ts';
import { adapt } from './adapt.ts';
import { type Line, Lines, type LinesOptions, lines, type Middleware } from './lines.ts';

/** Any shape of middleware: `(request, next)`, or the arguments one by one as in 0.9. */
export type AnyMiddleware = (...details: never[]) => unknown;

export abstract class MiddlewareGate<
  Events extends Record<keyof Events, unknown[]>,
> extends EventEmitter<Events> {
  /** Before the upgrade: (request, next). Blocking answers 401 with the reason. */
  readonly MIDDLEWARE_HANDSHAKE_WS = lines.MIDDLEWARE_HANDSHAKE_WS;
  /** The same by its name of 0.9. */
  readonly MIDDLEWARE_HANDSHAKE = lines.MIDDLEWARE_HANDSHAKE_WS;
  /** At `#handshake`: ({ socket }, next). `next(error, code)` closes with the code, 4008 by default. */
  readonly MIDDLEWARE_HANDSHAKE_SC = lines.MIDDLEWARE_HANDSHAKE_SC;
  /** When a token was found good: ({ socket, authToken, signedAuthToken }, next). `next(error, isBadToken)`. */
  readonly MIDDLEWARE_AUTHENTICATE = lines.MIDDLEWARE_AUTHENTICATE;
  /** For each event of the application: ({ socket, event, data, authTokenExpiredError }, next). */
  readonly MIDDLEWARE_EMIT = lines.MIDDLEWARE_EMIT;
  /** The same by its name of 0.9: (socket, event, data, next). */
  readonly MIDDLEWARE_EVENT = lines.MIDDLEWARE_EMIT;
  /** For each subscription: ({ socket, channel, data, waitForAuth, authTokenExpiredError }, next). */
  readonly MIDDLEWARE_SUBSCRIBE = lines.MIDDLEWARE_SUBSCRIBE;
  /** For each publication of a client: ({ socket, channel, data, ackData, authTokenExpiredError }, next). */
  readonly MIDDLEWARE_PUBLISH_IN = lines.MIDDLEWARE_PUBLISH_IN;
  /** The same by its older name. */
  readonly MIDDLEWARE_PUBLISH = lines.MIDDLEWARE_PUBLISH_IN;
  /** For each copy of a publication: ({ socket, channel, data, useCache }, next). Blocking drops the copy. Data that
   * is changed in place, not replaced, counts only with `request.useCache = false`. */
  readonly MIDDLEWARE_PUBLISH_OUT = lines.MIDDLEWARE_PUBLISH_OUT;

  readonly lines: Lines;
  readonly #adapted = new Map<AnyMiddleware, Middleware>();

  constructor(options: LinesOptions) {
    super();
    this.lines = new Lines(options);
  }

  /**
   * Adds a function at the end of a line.
   *
   * @throws TypeError when there is no such line or no function is given: a guard that nobody asks would be worse.
   */
  addMiddleware(line: Line, middleware: AnyMiddleware): void {
    wantLine(line);
    wantFunction(`add middleware to the line "${line}"`, middleware);
    const adapted = adapt(line, middleware);
    this.#adapted.set(middleware, adapted);
    this.lines.add(line, adapted);
    this.linesChanged();
  }

  /** Takes a function out of a line. Throws TypeError when there is no such line. */
  removeMiddleware(line: Line, middleware: AnyMiddleware): void {
    wantLine(line);
    this.lines.remove(line, this.#adapted.get(middleware) ?? (middleware as Middleware));
    this.linesChanged();
  }

  /** Called after each change of the lines. */
  protected abstract linesChanged(): void;
}

function wantLine(line: unknown): void {
  const known: readonly string[] = Object.values(lines);
  if (typeof line !== 'string' || !known.includes(line)) {
    const names = Object.keys(lines);
    // Most likely a constant was misspelt, so that there is no value to go by, or its name was given.
    const near = typeof line === 'string' ? suggest(line, [...known, ...names]) : '';
    throw new TypeError(
      `Cannot add or remove middleware: current line is "${String(line)}", wanted is one of the server's ${names.join(', ')}${near}`,
    );
  }
}
