/**
 * The HTTP side of realtime servers: which upgrade requests become sockets. Everything else is the application's:
 * as `req`, prepared and without the requests at a WebSocket's path, or as Node's own `request`. Where nobody
 * listens, `/socketcluster.js` is the client's script, and all else is answered 404 rather than left hanging.
 */
import { createServer, type IncomingMessage, type Server, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TlsOptions } from 'node:tls';
import { ClusterError } from '../../errors/index.ts';
import { serveClientScript } from './client-script.ts';
import { Entry, type EntryOptions, ignore, refuse } from './entry.ts';

/** Makes the HTTP server, without listening yet. */
export function createHttpServer(tls?: TlsOptions): Server {
  return tls === undefined ? createServer() : createSecureServer(tls);
}

const receptions = new WeakMap<Server, Reception>();

/** A path of an HTTP server at which clients come in. */
export interface Entrance {
  /** Refuses all clients with 503 from now on, as this server is about to end. */
  close(): void;
  /** Leaves the path to others. */
  end(): void;
}

/**
 * Lets clients in through an HTTP server, beside other realtime servers at other paths.
 *
 * @throws ClusterError OPTION_INVALID when another realtime server has the path.
 */
export function openEntry(server: Server, options: EntryOptions): Entrance {
  const reception = receptions.get(server) ?? new Reception(server);
  return reception.open(options);
}

/** Listens to an HTTP server for as long as any realtime server has an entry there. */
class Reception {
  readonly #server: Server;
  /** By path, without its last slash. */
  readonly #entries = new Map<string, Entry>();

  constructor(server: Server) {
    this.#server = server;
  }

  open(options: EntryOptions): Entrance {
    const path = withoutLastSlash(options.path);
    if (this.#entries.has(path)) {
      throw new ClusterError(
        `Cannot open an entry at path "${options.path}": another realtime server has it, wanted is a free one`,
        { code: 'OPTION_INVALID' },
      );
    }
    if (this.#entries.size === 0) {
      receptions.set(this.#server, this);
      this.#server.on('upgrade', this.#upgrade).on('request', this.#receive);
    }
    const entry = new Entry(options);
    this.#entries.set(path, entry);
    return { close: () => entry.close(), end: () => this.#end(path, entry) };
  }

  #end(path: string, entry: Entry): void {
    entry.close();
    this.#entries.delete(path);
    if (this.#entries.size === 0) {
      receptions.delete(this.#server);
      this.#server.off('upgrade', this.#upgrade).off('request', this.#receive);
    }
  }

  readonly #upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (!isForWebSocket(request)) {
      this.#answerPlainly(request, socket);
      return;
    }
    const entry = this.#entries.get(pathOf(request));
    if (entry !== undefined) {
      entry.upgrade(request, socket, head);
    } else if (this.#server.listenerCount('upgrade') === 1) {
      const wanted = [...this.#entries.values()].map(({ options }) => options.path).join(' or ');
      socket.on('error', ignore);
      refuse(socket, '400 Bad Request', `No WebSocket at this path; wanted is ${wanted}`);
    }
  };

  /** An upgrade is an offer: who knows nothing of its protocol answers as if it had not been made. */
  #answerPlainly(request: IncomingMessage, socket: Duplex): void {
    if (this.#server.listenerCount('upgrade') > 1) {
      return; // somebody else may know it
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      socket.on('error', ignore);
      refuse(socket, '400 Bad Request', 'No upgrade but to a WebSocket; its body was not read');
      return;
    }
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket as Socket);
    response.once('finish', () => socket.end());
    this.#server.emit('request', request, response);
  }

  readonly #receive = (request: IncomingMessage, response: ServerResponse): void => {
    const [first] = this.#entries.values();
    first?.options.seen?.(request);
    if (this.#server.listenerCount('req') > 0 && !this.#entries.has(pathOf(request))) {
      first?.receive(request, response);
      this.#server.emit('req', request, response);
    } else if (this.#server.listenerCount('request') === 1 && !serveClientScript(request, response)) {
      response.writeHead(404, { 'Content-Type': 'text/plain' });
      response.end('Not found\n');
    }
  };
}

function isForWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

function pathOf(request: IncomingMessage): string {
  const url = request.url ?? '/';
  const query = url.indexOf('?');
  return withoutLastSlash(query === -1 ? url : url.slice(0, query));
}

function withoutLastSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}
