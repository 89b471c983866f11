/** Who sends a request: which session its cookie shows, and what the application finds on the request. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describeRequest, type Origin } from '../origin/index.ts';
import { cookieName, readSessionId, writeSessionId } from './cookie.ts';
import type { Global } from './global.ts';
import type { Session, SessionMember } from './session.ts';
import type { Sessions } from './sessions.ts';

/** The client behind an upgrade request. */
export interface Visitor {
  /** Id of its session. */
  id: string;
  /** Whether it came with the id. */
  isReturning: boolean;
  /** Headers for the answer. */
  headers: readonly string[];
  /** Gives what its socket keeps of the request; to be called once middleware has seen it. */
  from?: () => { port: number | undefined; origin: Origin };
}

/** What visitors need to know. */
interface VisitorsOptions {
  appName: string;
  /** Whether HTTP requests get a session, and browsers its cookie. */
  addSessionToHTTPRequest: boolean;
  /** Whether the application looks at upgrade requests. */
  isUpgradeSeen(): boolean;
}

/** What the whole cluster shares. */
interface Shared {
  readonly global: Global;
  readonly exchange: object;
}

const NO_HEADERS: readonly string[] = [];

export class Visitors<Member extends SessionMember> {
  readonly #sessions: Sessions<Member>;
  readonly #shared: Shared;
  readonly #cookie: string;
  readonly #options: VisitorsOptions;

  constructor(sessions: Sessions<Member>, shared: Shared, options: VisitorsOptions) {
    this.#sessions = sessions;
    this.#shared = shared;
    this.#cookie = cookieName(options.appName);
    this.#options = options;
  }

  /** Finds out who wants a socket. */
  upgrade(request: IncomingMessage, remoteAddress: string): Visitor {
    const visitor = this.#identify(request);
    let known: Set<string> | undefined;
    // Properties for each client, whether seen or not, took a third more memory while clients connected.
    if (this.#options.isUpgradeSeen()) {
      this.#equip(request, remoteAddress, visitor.id);
      known = new Set(Object.keys(request));
    }
    const from = (): ReturnType<NonNullable<Visitor['from']>> => ({
      port: request.socket.remotePort,
      origin: describeRequest(request, known),
    });
    return { ...visitor, from };
  }

  /** Prepares an HTTP request, and gives its answer the cookie of a browser that has none. */
  receive(request: IncomingMessage, response: ServerResponse, remoteAddress: string): void {
    if (!this.#options.addSessionToHTTPRequest) {
      this.#equip(request, remoteAddress);
      return;
    }
    const { id, isReturning } = this.#identify(request);
    if (!isReturning) {
      response.setHeader('Set-Cookie', this.#write(id, request));
    }
    this.#equip(request, remoteAddress, id);
    Object.assign(request, { renewSession: () => this.#renew(request, response, id) });
  }

  /** Moves what a session keeps to one whose id nobody can know yet, and gives the browser that id. */
  async #renew(request: IncomingMessage, response: ServerResponse, id: string): Promise<Session<Member>> {
    const renewed = this.#sessions.use(this.#sessions.makeId());
    response.setHeader('Set-Cookie', this.#write(renewed.id, request)); // throws once the answer has begun
    await this.#sessions.use(id).moveTo(renewed);
    Object.defineProperty(request, 'session', { configurable: true, value: renewed, writable: true });
    return renewed;
  }

  #identify(request: IncomingMessage): Visitor {
    const known = readSessionId(request.headers.cookie, this.#cookie);
    if (known !== undefined) {
      return { id: known, isReturning: true, headers: NO_HEADERS };
    }
    const id = this.#sessions.makeId();
    return { id, isReturning: false, headers: [`Set-Cookie: ${this.#write(id, request)}`] };
  }

  #write(id: string, request: IncomingMessage): string {
    const isSecure = 'encrypted' in request.socket || request.headers['x-forwarded-proto'] === 'https';
    return writeSessionId(id, this.#cookie, isSecure);
  }

  /** Properties of the request itself: frameworks exchange its prototype. */
  #equip(request: IncomingMessage, remoteAddress: string, id?: string): void {
    const { global, exchange } = this.#shared;
    Object.assign(request, { global, exchange, remoteAddress });
    if (id === undefined) {
      return;
    }
    const sessions = this.#sessions;
    Object.defineProperty(request, 'session', {
      configurable: true,
      get: () => sessions.use(id),
      // Frameworks bring sessions of their own, and assign them.
      set: (value: unknown) => Object.defineProperty(request, 'session', { value, writable: true }),
    });
  }
}
