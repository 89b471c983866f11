/** The worker as its controller sees it. */
import type { Server } from 'node:http';
import type { Options } from '../../options/index.ts';
import { type ControlledEvents, ControlledProcess, type MasterLine } from '../../process/controller/index.ts';
import type { CodecEngine, HandshakeStatus } from '../../protocol/index.ts';
import type { Exchange } from '../exchange.ts';
import type { SCServer } from '../server.ts';
import type { Global } from '../session/index.ts';
import type { SCSocket } from '../socket/index.ts';
import type { Front } from './front.ts';
import type { Rates } from './rates.ts';

/** What a worker's controller may listen to, with the arguments of each event. */
export interface WorkerEvents<Socket = SCSocket> extends ControlledEvents {
  /** The worker listens. */
  ready: [];
  /** The worker begins to end; its clients are still here. */
  exit: [];
  /** The same as the server's. */
  connection: [socket: Socket, status: HandshakeStatus];
}

/** How busy a worker is. */
export interface WorkerStatus {
  /** Sockets that have done their handshake. */
  clientCount: number;
  /** HTTP requests per minute, over the last `workerStatusInterval`. */
  httpRPM: number;
  /** Messages of clients per minute, over the same time. */
  wsRPM: number;
  /** The same by its name of 0.9. */
  ioRPM: number;
}

/** What stands behind a worker: the process that lets clients in for it. */
export interface WorkerParts {
  options: Options;
  scServer: SCServer;
  line: MasterLine;
  rates: Pick<Rates, 'perMinute'>;
  front: Pick<Front, 'close' | 'httpServer' | 'makeServer' | 'open'>;
}

/**
 * What the controller's `run` gets. Nothing here is the server's own: classes of the application that extend it
 * may have methods of any name. What runs a worker is `WorkerHost`.
 */
export class SCWorker extends ControlledProcess<WorkerEvents> {
  readonly id: number;
  /** True for worker 0 only: the one for work that must be done once. */
  readonly isLeader: boolean;
  readonly options: Options;
  readonly exchange: Exchange;
  readonly #parts: WorkerParts;

  constructor(id: number, parts: WorkerParts) {
    const { line, scServer } = parts;
    super(line);
    this.#parts = parts;
    this.id = id;
    this.isLeader = id === 0;
    this.options = parts.options;
    this.exchange = scServer.exchange;
    scServer.on('connection', (socket, status) => this.emit('connection', socket, status));
    scServer.on('warning', (warning) => line.report('warning', warning));
    scServer.on('error', (error) => line.report('error', error));
  }

  /** The worker's realtime server. */
  get scServer(): SCServer {
    return this.#parts.scServer;
  }

  /** What the whole cluster shares; the same as that of `scServer`. */
  get global(): Global {
    return this.#parts.scServer.global;
  }

  /** The same as `scServer`, as version 14 has both. */
  getSCServer(): SCServer {
    return this.#parts.scServer;
  }

  /**
   * The worker's HTTP server, for requests of any kind.
   *
   * @throws Error in the constructor of a class that extends this one, as `createHTTPServer` is asked after that.
   */
  get httpServer(): Server {
    return this.#parts.front.httpServer;
  }

  /** The same as `httpServer`, as version 14 has both. */
  getHTTPServer(): Server {
    return this.#parts.front.httpServer;
  }

  /** Makes the HTTP or HTTPS server, without listening; called once, before `run`. For classes to override. */
  createHTTPServer(): Server {
    return this.#parts.front.makeServer();
  }

  /** The same as that of `scServer`. */
  setCodecEngine(engine: CodecEngine): void {
    this.#parts.scServer.setCodecEngine(engine);
  }

  /** Path of the WebSocket. */
  getSocketPath(): string {
    return this.options.path;
  }

  /** Address of the WebSocket as this host has it. */
  getSocketURL(): string {
    const { host = 'localhost', path, port, protocol } = this.options;
    const name = host.includes(':') ? `[${host}]` : host;
    return `${protocol === 'https' ? 'wss' : 'ws'}://${name}:${port}${path}`;
  }

  /** Tells how busy this worker is. */
  getStatus(): WorkerStatus {
    const { http, ws } = this.#parts.rates.perMinute;
    return { clientCount: this.#parts.scServer.clientsCount, httpRPM: http, wsRPM: ws, ioRPM: ws };
  }

  /** Takes clients, again after `close`. Called once `run` has ended. */
  open(): Promise<void> {
    return this.#parts.front.open();
  }

  /** Takes no more clients and no more requests; those here stay. */
  close(): void {
    this.#parts.front.close();
  }
}
