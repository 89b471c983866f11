/** One worker: what the application's controller gets, and how its parts are put together and stopped. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { pathToFileURL } from 'node:url';
import { connectBrokers } from '../broker/index.ts';
import { createEngine } from '../engine/index.ts';
import { ClusterError } from '../errors/index.ts';
import type { Snapshot } from '../observe/index.ts';
import type { Options } from '../options/index.ts';
import type { Message } from '../process/index.ts';
import { Admission } from './admission.ts';
import { Exchange } from './exchange.ts';
import { createHttpServer } from './listen.ts';
import { SCServer } from './server.ts';

/** What the master tells a worker. */
export interface WorkerStart {
  id: number;
  options: Options;
  brokers: { paths: string[]; secret: string };
  /** Connections this process may hold. */
  maxConnections: number;
}

/** What a worker counts. */
type Counts = Pick<Snapshot, 'connections' | 'accepted' | 'messagesIn' | 'messagesOut' | 'counters'>;

/** What the controller's `run` gets. */
export class SCWorker {
  readonly id: number;
  /** True for worker 0 only: the one for work that must be done once. */
  readonly isLeader: boolean;
  readonly options: Options;
  readonly exchange = new Exchange();
  readonly #httpServer: Server;
  readonly #scServer: SCServer;
  readonly #start: WorkerStart;
  readonly #admission: Admission;
  #broker: ReturnType<typeof connectBrokers> | undefined;

  /** @param tellMaster Sends a message to the master. */
  constructor(start: WorkerStart, tellMaster: (message: Message) => void) {
    const { id, options, maxConnections } = start;
    this.#start = start;
    this.id = id;
    this.isLeader = id === 0;
    this.options = options;
    this.#scServer = new SCServer(options, this.exchange);
    const { maxPayload, perMessageDeflate, path, origins } = options;
    const headers = [`SC-Worker: ${id}`];
    const engine = createEngine(
      options.wsEngine,
      { maxPayload, perMessageDeflate, headers },
      this.#scServer.wires,
    );
    this.#httpServer = createHttpServer({ path, origins }, engine, this.#scServer.admit);
    this.#admission = new Admission(this.#httpServer, {
      maxConnections,
      tell: (isFull) => tellMaster({ type: 'full', isFull }),
    });
  }

  /** The worker's HTTP server, for requests of any kind. */
  getHTTPServer(): Server {
    return this.#httpServer;
  }

  /** The worker's realtime server. */
  getSCServer(): SCServer {
    return this.#scServer;
  }

  /** Takes the master's word whether any worker has room. */
  setAllFull(areAllFull: boolean): void {
    this.#admission.setAllFull(areAllFull);
  }

  /** Figures for the worker's snapshot. */
  counts(): Counts {
    const { accepted, messagesIn, messagesOut, others } = this.#scServer.counters;
    const counters = {
      ...others,
      refused: this.#admission.refused,
      publicationsLost: this.#broker?.lost ?? 0,
    };
    return { connections: this.#scServer.connections, accepted, messagesIn, messagesOut, counters };
  }

  /** Connects to the brokers, runs the application, then listens. */
  async start(): Promise<void> {
    const { brokers, options } = this.#start;
    this.#broker = connectBrokers({
      ...brokers,
      workerId: this.id,
      deliver: this.exchange.deliver,
      ackTimeoutMs: options.ackTimeout,
    });
    this.exchange.attach(this.#broker);
    const run = await loadController(options.workerController);
    await run(this);
    await this.#listen();
  }

  /** Takes no more clients, sends those here away, lets go of the brokers. */
  async stop(withinMs: number): Promise<void> {
    this.#admission.stop();
    this.#httpServer.close();
    this.#httpServer.closeIdleConnections();
    await this.#scServer.drain(withinMs);
    await this.#broker?.close();
  }

  async #listen(): Promise<void> {
    const { port, host, tcpSynBacklog } = this.options;
    const listening = once(this.#httpServer, 'listening');
    this.#httpServer.listen({ port, backlog: tcpSynBacklog, ...(host === undefined ? {} : { host }) });
    await listening;
  }
}

type Run = (worker: SCWorker) => unknown;

/** Loads the application: an ES module or a CommonJS one. */
async function loadController(path: string): Promise<Run> {
  let module: { run?: unknown; default?: { run?: unknown } };
  try {
    module = await import(pathToFileURL(path).href);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ClusterError(`Cannot load worker controller "${path}": ${why}`, {
      code: 'CONTROLLER_INVALID',
      cause: error,
    });
  }
  const run = module.run ?? module.default?.run;
  if (typeof run !== 'function') {
    throw new ClusterError(`Cannot use worker controller "${path}": it exports no function named run`, {
      code: 'CONTROLLER_INVALID',
    });
  }
  return run as Run;
}
