/** A realtime server in its caller's own process: no master, no children, channels and sessions in memory. */
import type { Server } from 'node:http';
import { type Broker, createMemoryBroker, createMemoryStore, MemoryStoreHub } from '../broker/index.ts';
import type { ServerOptions } from '../options/index.ts';
import { Exchange, letIn, SCServer } from '../worker/index.ts';

/** Pause between two looks at what has reached its time in the store, milliseconds. */
const SWEEP_MS = 250;

export class Attached extends SCServer {
  /** The HTTP server its clients come in by. */
  readonly httpServer: Server;
  readonly #entrance: ReturnType<typeof letIn>;
  readonly #broker: Broker;
  readonly #sweeper: NodeJS.Timeout;
  #closed: Promise<void> | undefined;

  /** @throws ClusterError OPTION_INVALID when another server is attached at the path. */
  constructor(httpServer: Server, options: ServerOptions) {
    super(options, new Exchange());
    this.httpServer = httpServer;
    try {
      this.#entrance = letIn(this, httpServer);
    } catch (error) {
      this.heartbeat.stop();
      throw error;
    }
    this.#broker = createMemoryBroker(this.exchange.deliver);
    const shared = new MemoryStoreHub({ sessionTimeoutMs: options.sessionTimeout * 1_000 });
    const store = createMemoryStore(this.sessions.takeNotice, shared, this.auth.revocations);
    this.exchange.attach(this.#broker, store);
    this.sessions.attach(store, 0);
    this.auth.attach(store);
    queueMicrotask(() => this.beReady()); // so that whoever attaches can listen first
    this.#sweeper = setInterval(() => shared.hub.sweep(), SWEEP_MS).unref();
  }

  /** Port the HTTP server listens on; 0 while it does not, or when it listens on no port. */
  get port(): number {
    const address = this.httpServer.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /**
   * Takes no more clients, sends those here away with 1001 and forgets channels and sessions. The HTTP server
   * goes on, unless `listen` has made it. Calling it again gives the same answer.
   */
  close(callback?: () => void): Promise<void> {
    return this.#end({ isDrain: false }, callback);
  }

  /**
   * The same in peace: few clients, too, leave evenly over `drainWindow`. For programs that are told to end, as by
   * SIGTERM, and whose clients find another server.
   */
  drain(callback?: () => void): Promise<void> {
    return this.#end({ isDrain: true }, callback);
  }

  #end(farewell: { isDrain: boolean }, callback?: () => void): Promise<void> {
    this.#closed ??= this.end(farewell);
    if (callback !== undefined) {
      void this.#closed.then(callback);
    }
    return this.#closed;
  }

  /** Does what `close` and `drain` promise. */
  protected async end(farewell: { isDrain: boolean }): Promise<void> {
    this.#entrance.close();
    await this.sendAway(farewell);
    this.#entrance.end();
    clearInterval(this.#sweeper);
    await this.#broker.close();
  }
}

/** One that has an HTTP server of its own, and closes it. */
export class Listening extends Attached {
  protected override async end(farewell: { isDrain: boolean }): Promise<void> {
    const { httpServer } = this;
    const closed = new Promise<void>((resolve) => {
      httpServer.close(() => resolve());
    });
    httpServer.closeIdleConnections();
    await super.end(farewell);
    httpServer.closeAllConnections();
    await closed;
  }
}
