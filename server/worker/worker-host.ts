/** One worker process: how its parts are put together, started and stopped. The application sees the worker alone. */
import type { Socket } from 'node:net';
import { connectBrokers } from '../broker/index.ts';
import type { RoleFigures } from '../observe/index.ts';
import { MasterLine, runController } from '../process/controller/index.ts';
import { type Farewell, farewellOf } from '../process/farewell/index.ts';
import type { Message } from '../process/index.ts';
import type { Departures } from './drain.ts';
import { Exchange } from './exchange.ts';
import { Front, type FrontOptions, Rates, SCWorker } from './process/index.ts';
import { SCServer } from './server.ts';

/** What the master tells a worker. */
export interface WorkerStart extends FrontOptions {
  brokers: { paths: string[]; secret: string };
}

export class WorkerHost {
  readonly worker: SCWorker;
  readonly #start: WorkerStart;
  readonly #line: MasterLine;
  readonly #scServer: SCServer;
  readonly #front: Front;
  readonly #rates: Rates;
  readonly #tellMaster: (message: Message) => void;
  #broker: ReturnType<typeof connectBrokers> | undefined;

  /** @param tellMaster Sends a message to the master. */
  constructor(start: WorkerStart, tellMaster: (message: Message) => void) {
    const { id, options } = start;
    const scServer = new SCServer(options, new Exchange());
    const front = new Front(start, scServer, tellMaster);
    this.#start = start;
    this.#tellMaster = tellMaster;
    this.#scServer = scServer;
    this.#front = front;
    const talk = { ...options, crashOnError: options.crashWorkerOnError };
    this.#line = new MasterLine(`worker ${id}`, talk, tellMaster);
    this.#rates = new Rates(
      () => ({ http: front.requests, ws: scServer.counters.messagesIn }),
      options.workerStatusInterval,
    );
    this.worker = new SCWorker(id, { options, scServer, line: this.#line, rates: this.#rates, front });
  }

  /** Takes a message of the master. */
  hear(message: Message): void {
    if (message.type === 'rule') {
      this.#front.follow(message['rule'] as Parameters<Front['follow']>[0]);
    } else {
      this.#line.take(message);
    }
  }

  /** Decides on an error that nobody caught: true when the process goes on. */
  survive(error: unknown): boolean {
    return this.#line.survive(error);
  }

  /** Takes a connection that a balancer received. */
  adopt(connection: Socket): void {
    this.#front.adopt(connection);
  }

  /** Figures for the worker's snapshot. */
  figures(): RoleFigures {
    const { accepted, messagesIn, messagesOut, others } = this.#scServer.counters;
    const counters = {
      ...others,
      refused: this.#front.refused,
      publicationsLost: this.#broker?.lost ?? 0,
      publicationsUnreadable: this.#scServer.exchange.unreadable,
    };
    return { connections: this.#scServer.connections, accepted, messagesIn, messagesOut, counters };
  }

  /** Connects to the brokers, runs the application, then listens. */
  async start(): Promise<void> {
    const scServer = this.#scServer;
    const { brokers, id, options } = this.#start;
    this.#broker = connectBrokers({
      ...brokers,
      workerId: id,
      deliver: scServer.exchange.deliver,
      takeNotice: scServer.sessions.takeNotice,
      revocations: scServer.auth.revocations,
      ackTimeoutMs: options.ackTimeout,
      onFailure: (_broker, failures, error) => this.#noteFailure(failures, error),
    });
    scServer.exchange.attach(this.#broker, this.#broker.store);
    scServer.sessions.attach(this.#broker.store, id);
    scServer.auth.attach(this.#broker.store);
    const { worker } = this;
    await runController('worker', options.workerController, worker, () =>
      this.#front.prepare(worker.createHTTPServer()),
    );
    await this.#broker.caughtUp; // or a client could use a token that was revoked before this worker started
    await this.#front.open();
    scServer.beReady();
    worker.emit('ready');
  }

  /**
   * Takes no more clients, answers the requests of those here and sends them away, lets go of the brokers.
   *
   * @param farewell Default: one that takes half of the time.
   */
  async stop(
    withinMs: number,
    farewell: Farewell = farewellOf({ processTermTimeout: withinMs }),
  ): Promise<void> {
    this.#rates.stop();
    this.worker.emit('exit');
    if (farewell.isDrain) {
      this.#front.refuse();
    }
    await new Promise(setImmediate); // what clients have asked by now is read first
    const tell = (departures: Departures): void => this.#tellMaster({ type: 'departures', ...departures });
    await Promise.all([this.#front.end(withinMs), this.#scServer.sendAway(farewell, tell)]);
    await this.#broker?.close();
  }

  /** A broker is away, and has been so often in a row. */
  #noteFailure(failures: number, error: Error): void {
    if (failures === 1) {
      this.#line.report('warning', error);
    }
    if (failures === this.#start.options.brokerConnectRetryErrorThreshold) {
      this.#line.report('error', error);
    }
  }
}
