/**
 * Who is let in when a worker is full. As long as another worker has room, the master's dealer asks the
 * next one; when all are full nobody is left to ask, and new connections are answered 503 here.
 */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface AdmissionOptions {
  /** Most connections this process may hold. */
  maxConnections: number;
  /** Told when this worker becomes full and when it has room again. */
  tell: (isFull: boolean) => void;
}

/** Pause between two counts, milliseconds. */
const COUNT_MS = 100;
/** Seconds after which a client that was refused may try again. */
const RETRY_AFTER = 10;

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
  #isFull = false;
  #areAllFull = false;
  #refused = 0;

  constructor(server: Server, options: AdmissionOptions) {
    this.#server = server;
    this.#options = options;
    // Node's dealer asks this figure before it hands a connection over.
    server.maxConnections = options.maxConnections;
    // Before the HTTP server's own listener, which would begin to read a request.
    server.prependListener('connection', (socket) => this.#admit(socket));
    this.#timer = setInterval(() => this.count(), COUNT_MS);
    this.#timer.unref();
  }

  /** Connections answered 503 so far. */
  get refused(): number {
    return this.#refused;
  }

  /** Takes the master's word whether any worker has room. */
  setAllFull(areAllFull: boolean): void {
    this.#areAllFull = areAllFull;
    this.#server.maxConnections = areAllFull ? Number.POSITIVE_INFINITY : this.#options.maxConnections;
  }

  /** Counts the connections and tells of a change. */
  count(): void {
    this.#server.getConnections((_error, connections) => {
      const isFull = connections >= this.#options.maxConnections;
      if (isFull !== this.#isFull) {
        this.#isFull = isFull;
        this.#options.tell(isFull);
      }
    });
  }

  /** Stops counting. */
  stop(): void {
    clearInterval(this.#timer);
  }

  #admit(socket: Socket): void {
    if (this.#areAllFull && this.#isFull) {
      this.#refused += 1;
      socket.on('error', ignore);
      socket.end(REFUSAL, () => socket.destroy());
    }
  }
}

/** Somebody who was refused may hang up as he likes. */
function ignore(): void {}
