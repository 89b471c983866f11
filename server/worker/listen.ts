/**
 * The HTTP side of a worker: which upgrade requests become sockets. Everything else is the application's:
 * as `req`, prepared and without the requests at the WebSocket's path, or as Node's own `request`. A request
 * nobody listens to is answered 404 rather than left hanging.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { TlsOptions } from 'node:tls';
import type { Engine, Wire } from '../engine/index.ts';
import { originTest } from './origins.ts';
import type { Visitor } from './session/index.ts';

export interface ListenOptions {
  path: string;
  origins: string | readonly string[];
  /** Given when TLS ends here. */
  tls?: TlsOptions;
  /** Finds out who sends a request. Default: nobody does. */
  visitors?: {
    upgrade(request: IncomingMessage, remoteAddress: string): Visitor;
    receive(request: IncomingMessage, response: ServerResponse, remoteAddress: string): void;
  };
  /** Asks the application whether an upgrade may go on; `decided` gets the reason when not. Default: it may. */
  authorize?: (request: IncomingMessage, decided: (refusal?: string) => void) => void;
}

/** Makes the HTTP server, without listening yet. */
export function createHttpServer(
  options: ListenOptions,
  engine: Engine,
  admit: (wire: Wire, remoteAddress: string, visitor?: Visitor) => void,
): Server {
  const server = options.tls === undefined ? createServer() : createSecureServer(options.tls);
  const wanted = withoutLastSlash(options.path);
  const isAllowed = originTest(options.origins);
  const { authorize = (_request, decided) => decided() } = options;

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', ignore);
    if (withoutLastSlash(pathOf(request)) !== wanted) {
      refuse(socket, '400 Bad Request', `No WebSocket at this path; wanted is ${options.path}`);
      return;
    }
    if (!isAllowed(request.headers.origin)) {
      refuse(socket, '403 Forbidden', 'Failed to authorize socket handshake: this origin may not connect');
      return;
    }
    const remoteAddress = remoteAddressOf(request);
    const visitor = options.visitors?.upgrade(request, remoteAddress);
    const opened = (wire: Wire): void => {
      socket.removeListener('error', ignore);
      admit(wire, remoteAddress, visitor);
    };
    authorize(request, (refusal) => {
      if (refusal === undefined) {
        engine.accept(request, socket, head, opened, visitor?.headers);
      } else {
        refuse(socket, '401 Unauthorized', refusal);
      }
    });
  });
  server.on('request', (request, response) => {
    if (server.listenerCount('req') > 0 && withoutLastSlash(pathOf(request)) !== wanted) {
      options.visitors?.receive(request, response, remoteAddressOf(request));
      server.emit('req', request, response);
    } else if (server.listenerCount('request') === 1) {
      response.writeHead(404, { 'Content-Type': 'text/plain' });
      response.end('Not found\n');
    }
  });
  return server;
}

/** A peer that hangs up during the upgrade has ended nothing but itself. */
function ignore(): void {}

/** The other end; behind a balancer, which alone can reach the unix socket, who connected to that. */
function remoteAddressOf(request: IncomingMessage): string {
  const forwarded = String(request.headers['x-forwarded-for'] ?? '');
  return request.socket.remoteAddress ?? forwarded.split(',').at(-1)?.trim() ?? '';
}

function pathOf(request: IncomingMessage): string {
  const url = request.url ?? '/';
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}

function withoutLastSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}

function refuse(socket: Duplex, status: string, why: string): void {
  const body = `${why}\n`;
  // Nobody times an upgraded connection any more: left half open, it would be held for as long as the peer likes.
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/html\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
