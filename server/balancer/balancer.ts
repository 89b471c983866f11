/**
 * A balancer: it owns the public port and receives clients for the workers. Plain connections are handed over,
 * through the master, and cost nothing here from then on; those under TLS are carried for as long as they last.
 */
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { createCounters, type RoleFigures } from '../observe/index.ts';
import type { Options } from '../options/index.ts';
import { reviveTlsOptions } from '../options/tls/index.ts';
import { loadController } from '../process/controller/index.ts';
import { borrowPort } from '../process/handover/index.ts';
import { Reporter } from '../process/problems/index.ts';
import { Chooser, type WorkerStatus } from './choose.ts';
import { LoadBalancer, Middleware } from './middleware/index.ts';
import { type Counter, type Master, Reception } from './reception.ts';
import { type Refusal, refusals } from './refuse.ts';

/** What the master says of the workers at each start and end of one, and once a second. */
export interface Round {
  /** Workers that run. */
  running: WorkerStatus[];
}

/** What the master tells a balancer at its start. */
export interface BalancerStart extends Round {
  id: number;
  options: Options;
  /** Private unix socket of each worker, by its number. */
  workerPaths: string[];
  /** Connections this process may have in hand at a time. */
  maxConnections: number;
  /** Whether the master holds the public port and lends it. Default: false. */
  isPortHeld?: boolean;
}

/** Time for the TLS handshake, milliseconds. */
const HANDSHAKE_MS = 10_000;

export class Balancer {
  readonly #start: BalancerStart;
  readonly #server: Server;
  readonly #isSecure: boolean;
  readonly #chooser = new Chooser();
  readonly #middleware: Middleware;
  readonly #reception: Reception;
  readonly #counters: Record<Counter, number> = createCounters(
    ...(Object.keys(refusals) as Refusal[]),
    'goneAway',
    'overLimit',
    'tlsFailed',
    'workerGone',
  );
  /** Raw ones: under TLS each carries a decrypted one. */
  readonly #connections = new Set<Socket>();

  constructor(start: BalancerStart, master: Master) {
    const { options, workerPaths } = start;
    this.#start = start;
    this.#isSecure = options.protocol === 'https';
    const reporter = new Reporter({ ...options, tell: (message) => master.tell(message) });
    this.#middleware = new Middleware(options.middlewareTimeout, (warning) =>
      reporter.report('warning', warning),
    );
    this.#reception = new Reception({
      options,
      workerPaths,
      chooser: this.#chooser,
      middleware: this.#middleware,
      counters: this.#counters,
      master,
    });
    this.#server = this.#isSecure
      ? createTlsServer({
          handshakeTimeout: HANDSHAKE_MS,
          ALPNProtocols: ['http/1.1'],
          ...reviveTlsOptions(options.protocolOptions),
        })
      : createServer({ noDelay: true });
  }

  /** Figures for the balancer's snapshot. It counts no messages: they go past it, or through it unread. */
  figures(): RoleFigures {
    return {
      connections: this.#connections.size,
      accepted: this.#reception.dealt,
      messagesIn: 0,
      messagesOut: 0,
      counters: { ...this.#counters },
    };
  }

  /** Takes the master's word about the workers. */
  update({ running }: Round): void {
    const { workers, balancers } = this.#start.options;
    this.#chooser.update(running, workers, balancers);
  }

  /**
   * Runs the application's balancer controller, then listens on the public port.
   *
   * @throws ClusterError CONTROLLER_INVALID.
   */
  async start(): Promise<void> {
    const { id, options } = this.#start;
    this.update(this.#start);
    if (options.balancerController !== undefined) {
      const run = await loadController('balancer', options.balancerController);
      await run(new LoadBalancer(id, this.#middleware));
    }
    this.#server.on('connection', (socket: Socket) => this.#admit(socket));
    this.#server.on('secureConnection', (socket: Socket) => {
      socket.allowHalfOpen = true; // a client may end its side once it has asked, as it may without TLS
      this.#reception.serve(socket);
    });
    this.#server.on('tlsClientError', () => {
      this.#counters.tlsFailed += 1;
    });
    const { port, host, tcpSynBacklog: backlog } = options;
    const listening = once(this.#server, 'listening');
    if (this.#start.isPortHeld === true) {
      this.#server.listen(await borrowPort(), backlog);
    } else {
      this.#server.listen({ port, backlog, ...(host === undefined ? {} : { host }) });
    }
    await listening;
  }

  /** Takes no more connections. */
  closePort(): void {
    if (this.#server.listening) {
      this.#server.close();
    }
  }

  /** Ends what is left. By now the workers have sent their clients away. */
  async stop(withinMs: number): Promise<void> {
    this.closePort();
    const cut = setTimeout(() => this.#cut(), this.#isSecure ? withinMs / 2 : 0);
    await Promise.all([...this.#connections].map((socket) => closed(socket)));
    clearTimeout(cut);
  }

  #admit(socket: Socket): void {
    this.#connections.add(socket);
    socket.once('close', () => this.#connections.delete(socket));
    if (this.#connections.size > this.#start.maxConnections) {
      this.#counters.overLimit += 1;
      socket.destroy();
    } else if (!this.#isSecure) {
      this.#reception.serve(socket);
    }
  }

  #cut(): void {
    for (const socket of this.#connections) {
      socket.destroy();
    }
  }
}

function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
  });
}
