/** The worker as a process: what it tells the application and the master about itself. */
import type { IncomingMessage } from 'node:http';
import type { Options } from '../../options/index.ts';
import { type ControlledEvents, ControlledProcess } from '../../process/controller/index.ts';
import type { Message } from '../../process/index.ts';
import type { HandshakeStatus } from '../../protocol/index.ts';
import { forwardedForOf, remoteAddressOf } from '../address/index.ts';
import type { SCServer } from '../server.ts';
import type { Global } from '../session/index.ts';
import type { SCSocket } from '../socket/index.ts';
import { Rates } from './rates.ts';

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

export abstract class WorkerProcess extends ControlledProcess<WorkerEvents> {
  readonly id: number;
  /** True for worker 0 only: the one for work that must be done once. */
  readonly isLeader: boolean;
  readonly options: Options;
  readonly #scServer: SCServer;
  readonly #rates: Rates;
  #requests = 0;

  constructor(id: number, scServer: SCServer, tellMaster: (message: Message) => void) {
    const { options } = scServer;
    super({ ...options, crashOnError: options.crashWorkerOnError }, tellMaster);
    this.id = id;
    this.isLeader = id === 0;
    this.options = options;
    this.#scServer = scServer;
    this.#rates = new Rates(
      () => ({ http: this.#requests, ws: scServer.counters.messagesIn }),
      options.workerStatusInterval,
    );
    scServer.on('connection', (socket, status) => this.emit('connection', socket, status));
    scServer.on('warning', (warning) => this.emitWarning(warning));
    scServer.on('error', (error) => this.emitError(error));
  }

  /** The worker's realtime server. */
  get scServer(): SCServer {
    return this.#scServer;
  }

  /** What the whole cluster shares; the same as that of `scServer`. */
  get global(): Global {
    return this.#scServer.global;
  }

  /** The same as `scServer`, as version 14 has both. */
  getSCServer(): SCServer {
    return this.#scServer;
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
    const { http, ws } = this.#rates.perMinute;
    return { clientCount: this.#scServer.clientsCount, httpRPM: http, wsRPM: ws, ioRPM: ws };
  }

  /** Counts an HTTP request, and says on it where it comes from. */
  protected readonly noteRequest = (request: IncomingMessage): void => {
    this.#requests += 1;
    Object.assign(request, {
      remoteAddress: remoteAddressOf(request),
      forwardedForAddress: forwardedForOf(request),
      exchange: this.#scServer.exchange,
    });
  };

  /** Tells that the worker ends from now on. */
  protected leave(): void {
    this.#rates.stop();
    this.emit('exit');
  }
}
