/** One worker: what the application's controller gets, and how its parts are put together and stopped. */
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { connectBrokers } from '../broker/index.ts';
import type { Snapshot } from '../observe/index.ts';
import type { Options } from '../options/index.ts';
import { reviveTlsOptions } from '../options/tls/index.ts';
import { runController } from '../process/controller/index.ts';
import type { Message } from '../process/index.ts';
import type { CodecEngine } from '../protocol/index.ts';
import { Admission } from './admission.ts';
import { Exchange } from './exchange.ts';
import { letIn } from './let-in.ts';
import { createHttpServer } from './listen/index.ts';
import { WorkerProcess } from './process/index.ts';
import { SCServer } from './server.ts';

/** What the master tells a worker. */
export interface WorkerStart {
  id: number;
  options: Options;
  brokers: { paths: string[]; secret: string };
  /** Connections this process may hold. */
  maxConnections: number;
  /** Unix socket to listen on instead of the public port, which balancers own then. */
  socketPath?: string;
}

/** What a worker counts. */
type Counts = Pick<Snapshot, 'connections' | 'accepted' | 'messagesIn' | 'messagesOut' | 'counters'>;

/** What the controller's `run` gets. */
export class SCWorker extends WorkerProcess {
  readonly exchange: Exchange;
  readonly #httpServer: Server;
  readonly #start: WorkerStart;
  readonly #admission: Admission;
  #broker: ReturnType<typeof connectBrokers> | undefined;

  /** @param tellMaster Sends a message to the master. */
  constructor(start: WorkerStart, tellMaster: (message: Message) => void) {
    const { id, options, maxConnections, socketPath } = start;
    const exchange = new Exchange();
    const scServer = new SCServer(options, exchange);
    super(id, scServer, tellMaster);
    this.#start = start;
    this.exchange = exchange;
    const { protocol, protocolOptions } = options;
    // Behind balancers what arrives is plain: TLS has ended there.
    const tls =
      protocol === 'https' && socketPath === undefined ? reviveTlsOptions(protocolOptions) : undefined;
    this.#httpServer = createHttpServer(tls);
    letIn(scServer, this.#httpServer, { headers: [`SC-Worker: ${id}`], seen: this.noteRequest });
    this.#admission = new Admission(this.#httpServer, {
      maxConnections,
      tell: (count) => tellMaster({ type: 'connections', ...count }),
    });
  }

  /** The worker's HTTP server, for requests of any kind. */
  get httpServer(): Server {
    return this.#httpServer;
  }

  /** The same as `httpServer`, as version 14 has both. */
  getHTTPServer(): Server {
    return this.#httpServer;
  }

  /** The same as that of `scServer`. */
  setCodecEngine(engine: CodecEngine): void {
    this.scServer.setCodecEngine(engine);
  }

  /** Takes the master's word on whom to let in. */
  follow(rule: Parameters<Admission['follow']>[0]): void {
    this.#admission.follow(rule);
  }

  /** Takes a connection that a balancer received. */
  adopt(connection: Socket): void {
    this.#admission.adopt(connection);
  }

  /** Figures for the worker's snapshot. */
  counts(): Counts {
    const { accepted, messagesIn, messagesOut, others } = this.scServer.counters;
    const counters = {
      ...others,
      refused: this.#admission.refused,
      publicationsLost: this.#broker?.lost ?? 0,
    };
    return { connections: this.scServer.connections, accepted, messagesIn, messagesOut, counters };
  }

  /** Connects to the brokers, runs the application, then listens. */
  async start(): Promise<void> {
    const { brokers, options } = this.#start;
    this.#broker = connectBrokers({
      ...brokers,
      workerId: this.id,
      deliver: this.exchange.deliver,
      takeNotice: this.scServer.sessions.takeNotice,
      revocations: this.scServer.auth.revocations,
      ackTimeoutMs: options.ackTimeout,
      onFailure: (_broker, failures, error) => this.#noteFailure(failures, error),
    });
    this.exchange.attach(this.#broker, this.#broker.store);
    this.scServer.sessions.attach(this.#broker.store, this.id);
    this.scServer.auth.attach(this.#broker.store);
    await runController('worker', options.workerController, this);
    await this.#broker.caughtUp; // or a client could use a token that was revoked before this worker started
    await this.open();
    this.scServer.beReady();
    this.emit('ready');
  }

  /** Takes clients, again after `close`. Called once `run` has ended. */
  async open(): Promise<void> {
    this.#admission.open();
    await this.#listen();
  }

  /** Takes no more clients and no more requests; those here stay. */
  close(): void {
    this.#admission.close();
    this.#httpServer.close();
    this.#httpServer.closeIdleConnections();
  }

  /** Takes no more clients, sends those here away, lets go of the brokers. */
  async stop(withinMs: number): Promise<void> {
    this.leave();
    this.#admission.stop();
    this.close();
    await this.scServer.drain(withinMs);
    await this.#broker?.close();
  }

  /** A broker is away, and has been so often in a row. */
  #noteFailure(failures: number, error: Error): void {
    if (failures === 1) {
      this.emitWarning(error);
    }
    if (failures === this.options.brokerConnectRetryErrorThreshold) {
      this.emitError(error);
    }
  }

  async #listen(): Promise<void> {
    const { port, host, tcpSynBacklog: backlog } = this.options;
    const { socketPath } = this.#start;
    const listening = once(this.#httpServer, 'listening');
    if (socketPath === undefined) {
      this.#httpServer.listen({ port, backlog, ...(host === undefined ? {} : { host }) });
    } else {
      await rm(socketPath, { force: true }); // A worker that was killed has left its own.
      this.#httpServer.listen({ path: socketPath, backlog, exclusive: true });
    }
    await listening;
  }
}
