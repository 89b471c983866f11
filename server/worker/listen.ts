/**
 * The HTTP side of a worker: which upgrade requests become sockets. Everything else is the application's;
 * a request nobody listens to is answered 404 rather than left hanging.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Engine, Wire } from '../engine/index.ts';
import { originTest } from './origins.ts';

export interface ListenOptions {
  path: string;
  origins: string | readonly string[];
}

/** Makes the HTTP server, without listening yet. */
export function createHttpServer(
  options: ListenOptions,
  engine: Engine,
  admit: (wire: Wire, remoteAddress: string) => void,
): Server {
  const server = createServer();
  const wanted = withoutLastSlash(options.path);
  const isAllowed = originTest(options.origins);

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
    const remoteAddress = request.socket.remoteAddress ?? '';
    engine.accept(request, socket, head, (wire) => {
      socket.removeListener('error', ignore);
      admit(wire, remoteAddress);
    });
  });
  server.on('request', (_request, response) => {
    if (server.listenerCount('request') === 1) {
      response.writeHead(404, { 'Content-Type': 'text/plain' });
      response.end('Not found\n');
    }
  });
  return server;
}

/** A peer that hangs up during the upgrade has ended nothing but itself. */
function ignore(): void {}

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
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/html\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
