/** Where a worker's clients come in: its HTTP server, what that listens on, and how it is closed. */
import { once } from 'node:events';
import { rename } from 'node:fs/promises';
import type { IncomingMessage, Server } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { ClusterError } from '../../errors/index.ts';
import type { Options } from '../../options/index.ts';
import { reviveTlsOptions } from '../../options/tls/index.ts';
import { borrowPort } from '../../process/handover/index.ts';
import type { Message } from '../../process/index.ts';
import { forwardedForOf, remoteAddressOf } from '../address/index.ts';
import { Admission, type AdmissionOptions } from '../admission.ts';
import { letIn } from '../let-in.ts';
import { createHttpServer, type Entrance } from '../listen/index.ts';
import type { SCServer } from '../server.ts';

export interface FrontOptions {
  id: number;
  options: Options;
  /** Connections this process may hold. */
  maxConnections: number;
  /** Whether the master holds the public port and lends it. Default: false. */
  isPortHeld?: boolean;
  /** Whether the master deals connections out. Default: false, the worker accepts by itself. */
  isDealt?: boolean;
  /** Unix socket to listen on instead of the public port, which balancers own then. */
  socketPath?: string;
}

/** Pause between two looks at the connections that are left, milliseconds. */
const STEP_MS = 50;
/** A connection without a request may have its first one on its way; it gets this long, milliseconds. */
const FIRST_REQUEST_MS = 500;

export class Front {
  readonly #given: FrontOptions;
  readonly #scServer: SCServer;
  readonly #tellMaster: (message: Message) => void;
  #httpServer: Server | undefined;
  #admission: Admission | undefined;
  #entrance: Entrance | undefined;
  #requests = 0;

  constructor(given: FrontOptions, scServer: SCServer, tellMaster: (message: Message) => void) {
    this.#given = given;
    this.#scServer = scServer;
    this.#tellMaster = tellMaster;
  }

  /** @throws Error before `prepare`. */
  get httpServer(): Server {
    if (this.#httpServer === undefined) {
      throw new Error('Cannot use the HTTP server yet: it is there from "run" on');
    }
    return this.#httpServer;
  }

  /** HTTP requests so far. */
  get requests(): number {
    return this.#requests;
  }

  /** Connections answered 503 so far. */
  get refused(): number {
    return this.#admission?.refused ?? 0;
  }

  /** Makes the HTTP server that a worker has when its application makes none. */
  makeServer(): Server {
    const { options, socketPath } = this.#given;
    // Behind balancers what arrives is plain: TLS has ended there.
    const isSecure = options.protocol === 'https' && socketPath === undefined;
    return createHttpServer(isSecure ? reviveTlsOptions(options.protocolOptions) : undefined);
  }

  /**
   * Takes the HTTP server, without listening yet.
   *
   * @throws ClusterError CONTROLLER_INVALID when it is none.
   */
  prepare(httpServer: unknown): void {
    if (!(httpServer instanceof NetServer)) {
      throw new ClusterError(
        `Cannot use what createHTTPServer gives: current value is of type ${typeof httpServer}, wanted is a server of node:http or node:https`,
        { code: 'CONTROLLER_INVALID' },
      );
    }
    const { id, maxConnections, options } = this.#given;
    const { hostName } = options;
    this.#httpServer = httpServer as Server;
    this.#entrance = letIn(this.#scServer, this.#httpServer, {
      headers: [`SC-Worker: ${hostName === undefined ? id : `${hostName}/${id}`}`],
      seen: (request) => this.#note(request),
    });
    this.#admission = new Admission(this.#httpServer, {
      from: this.#origin(),
      maxConnections,
      tell: (count) => this.#tellMaster({ type: 'connections', ...count }),
    });
  }

  /** Takes the master's word on whom to let in. */
  follow(rule: Parameters<Admission['follow']>[0]): void {
    this.#admission?.follow(rule);
  }

  /** Takes a connection that a balancer received. */
  adopt(connection: Socket): void {
    if (this.#admission === undefined) {
      connection.destroy();
    } else {
      this.#admission.adopt(connection);
    }
  }

  /** Takes clients, again after `close`. */
  async open(): Promise<void> {
    this.#admission?.open();
    const { isPortHeld = false, options, socketPath } = this.#given;
    const { host, port, tcpSynBacklog: backlog } = options;
    const server = this.httpServer;
    const listening = once(server, 'listening');
    if (socketPath !== undefined) {
      await this.#listenAt(socketPath, backlog);
    } else if (isPortHeld) {
      server.listen(await borrowPort(), backlog);
    } else {
      server.listen({ port, backlog, ...(host === undefined ? {} : { host }) });
    }
    await listening;
  }

  /** Takes no more clients and no more requests; those here stay. */
  close(): void {
    this.#closePort();
    this.#httpServer?.closeIdleConnections();
  }

  /** Answers 503 to all who want to become clients from now on, on whatever connection. */
  refuse(): void {
    this.#entrance?.close();
  }

  /** Closes for good, and resolves when all requests are answered, or the time is up. */
  async end(withinMs: number): Promise<void> {
    // What the system has for this process already is taken first.
    await new Promise(setImmediate);
    this.#closePort();
    this.#admission?.stop();
    const begun = performance.now();
    const patienceMs = Math.min(FIRST_REQUEST_MS, withinMs / 8);
    while ((await this.#count()) > 0 && performance.now() - begun < withinMs * 0.75) {
      if (performance.now() - begun >= patienceMs) {
        this.#httpServer?.closeIdleConnections();
      }
      await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    }
  }

  #origin(): AdmissionOptions['from'] {
    if (this.#given.socketPath !== undefined) return 'balancers';
    return this.#given.isDealt === true ? 'dealer' : 'port';
  }

  /** The method of HTTP servers would also cut connections whose first request is on its way. */
  #closePort(): void {
    this.#admission?.close();
    if (this.#httpServer !== undefined) {
      NetServer.prototype.close.call(this.#httpServer);
    }
  }

  async #count(): Promise<number> {
    return (await this.#admission?.connections()) ?? 0;
  }

  /** Two processes may be the same worker for a while: whoever comes takes the path over, in one step. */
  async #listenAt(path: string, backlog: number): Promise<void> {
    const own = `${path}.${process.pid}`;
    const server = this.httpServer;
    const bound = once(server, 'listening');
    server.listen({ path: own, backlog, exclusive: true });
    await bound;
    await rename(own, path);
  }

  /** Counts an HTTP request, and says on it where it comes from. */
  #note(request: IncomingMessage): void {
    this.#requests += 1;
    Object.assign(request, {
      remoteAddress: remoteAddressOf(request),
      forwardedForAddress: forwardedForOf(request),
      exchange: this.#scServer.exchange,
    });
  }
}
