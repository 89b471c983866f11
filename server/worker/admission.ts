/**
 * Who is let in. A worker that is full, or far ahead of the others, is passed over by the master's dealer;
 * when all are full nobody is left to ask, and new connections are answered 503 here. So are they where a worker
 * accepts by itself: a limit of Node's server would cut them without a word.
 */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { RETRY_AFTER } from '../protocol/index.ts';

export interface AdmissionOptions {
  /** Who gives it connections: the master's dealer, the port it accepts on by itself, or balancers. */
  from: 'dealer' | 'port' | 'balancers';
  /** Most connections this process may hold. */
  maxConnections: number;
  /** Told how many connections are here, whenever that has changed by more than a trifle. */
  tell: (count: { connections: number; isFull: boolean }) => void;
}

/** A change of the count that is not worth a message. */
const TRIFLE = 16;
/** Pause between two counts, milliseconds. */
const COUNT_MS = 100;
/** Connections that balancers may hand over past the limit, as word of it takes its time; descriptors are kept for them. */
const OVERSHOOT = 128;

const BODY = 'All workers are full\n';
const REFUSAL = [
  'HTTP/1.1 503 Service Unavailable',
  `Retry-After: ${RETRY_AFTER}`,
  'Connection: close',
  'Content-Type: text/plain',
  `Content-Length: ${BODY.length}`,
  '',
  BODY,
].join('\r\n');

export class Admission {
  readonly #server: Server;
  readonly #options: AdmissionOptions;
  readonly #timer: NodeJS.Timeout;
  #told = 0;
  /** At the last count, and those that have come since. */
  #counted = 0;
  #since = 0;
  #areAllFull: boolean;
  #refused = 0;
  /** Connections here that the server did not accept itself; it does not count them. */
  #adopted = 0;
  #isClosed = false;
  #toldFull = false;
  #hasStopped = false;

  constructor(server: Server, options: AdmissionOptions) {
    this.#server = server;
    this.#options = options;
    this.#areAllFull = options.from === 'port';
    // Node's dealer asks this figure before it hands a connection over.
    if (options.from === 'dealer') server.maxConnections = options.maxConnections;
    // Before the HTTP server's own listener, which would begin to read a request.
    server.prependListener('connection', (socket) => this.#admit(socket));
    this.#timer = setInterval(() => this.count(), COUNT_MS);
    this.#timer.unref();
  }

  /** Connections answered 503 so far. */
  get refused(): number {
    return this.#refused;
  }

  /** Takes the master's word on how many connections to hold, and whether anybody else has room. */
  follow({ most, areAllFull }: { most: number; areAllFull: boolean }): void {
    const { from } = this.#options;
    if (from !== 'port') this.#areAllFull = areAllFull;
    if (from === 'dealer') this.#server.maxConnections = areAllFull ? Number.POSITIVE_INFINITY : most;
  }

  /** Connections that are here. */
  connections(): Promise<number> {
    return new Promise((resolve) => {
      this.#server.getConnections((_error, accepted) => resolve(accepted + this.#adopted));
    });
  }

  /** Counts the connections and tells of a change. */
  count(): void {
    void this.connections().then((connections) => {
      this.#counted = connections;
      this.#since = 0;
      const isFull = this.#isClosed || this.#isFull(connections);
      if (isFull !== this.#toldFull || Math.abs(connections - this.#told) >= TRIFLE) {
        this.#told = connections;
        this.#toldFull = isFull;
        this.#options.tell({ connections, isFull });
      }
    });
  }

  /** Has balancers pass this worker over as if it were full, until `open`. */
  close(): void {
    this.#isClosed = true;
    this.count();
  }

  open(): void {
    this.#isClosed = false;
  }

  #isFull(connections: number): boolean {
    return connections >= this.#options.maxConnections;
  }

  /** Takes a connection that a balancer received, as if the server had accepted it. */
  adopt(socket: Socket): void {
    if (this.#hasStopped) {
      socket.destroy();
      return;
    }
    if (this.#adopted >= this.#options.maxConnections + OVERSHOOT) {
      this.#refuse(socket);
      return;
    }
    this.#adopted += 1;
    socket.once('close', () => {
      this.#adopted -= 1;
    });
    this.#server.emit('connection', socket);
    if (this.#adopted === this.#options.maxConnections) {
      this.count(); // At once, as each one that still comes takes a descriptor kept for other things.
    }
  }

  /** Stops counting, and taking. */
  stop(): void {
    this.#hasStopped = true;
    clearInterval(this.#timer);
  }

  #admit(socket: Socket): void {
    this.#since += 1;
    const { maxConnections } = this.#options;
    const most = this.#areAllFull ? maxConnections : maxConnections + OVERSHOOT;
    if (this.#counted + this.#since > most) {
      this.#refuse(socket);
    }
  }

  #refuse(socket: Socket): void {
    this.#refused += 1;
    socket.on('error', ignore);
    socket.end(REFUSAL, () => socket.destroy());
  }
}

/** Somebody who was refused may hang up as he likes. */
function ignore(): void {}
