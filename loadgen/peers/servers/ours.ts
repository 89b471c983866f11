/**
 * Our own server: in a worker, or attached to an HTTP server as the other servers here are. SocketCluster 14 has the same
 * sockets, and is controlled by the same code.
 */
import { createServer, type Server } from 'node:http';
import type { Controlled } from './control.ts';

/** What is needed of it, whoever runs it. */
export interface EmittingServer {
  on(event: 'connection', listener: (socket: EmittingSocket) => void): unknown;
}

/** A socket that events come from, and go to. */
export interface EmittingSocket {
  /** Nothing without a token. */
  authToken?: object | null;
  on(event: 'ping', listener: () => void): unknown;
  emit(event: 'pong', data: { count: number }): unknown;
}

/** Ours, which keeps its sockets in a map. */
export interface OurServer extends EmittingServer {
  clients: ReadonlyMap<string, EmittingSocket>;
}

/** Makes a server count, and answer pings once it is told to. Channels are part of it. */
export function control(
  httpServer: Server,
  { server, sockets }: { server: EmittingServer; sockets: () => EmittingSocket[] },
): Controlled {
  let isEchoing = false;
  let count = 0;
  server.on('connection', (socket) => {
    if (!isEchoing) {
      return;
    }
    socket.on('ping', () => {
      count += 1;
      socket.emit('pong', { count });
    });
  });
  return {
    httpServer,
    count() {
      const all = sockets();
      return { sockets: all.length, authenticated: all.filter(({ authToken }) => Boolean(authToken)).length };
    },
    echo() {
      isEchoing = true;
    },
    channels: () => {},
  };
}

/** Makes ours do so. */
export function controlOurs(httpServer: Server, server: OurServer): Controlled {
  return control(httpServer, { server, sockets: () => [...server.clients.values()] });
}

/** Creates it in this process, without listening yet. */
export function createOurs(load: NodeJS.Require, authKey: string): Controlled {
  const { attach } = load('socketcluster-bench') as {
    attach(httpServer: Server, options: { authKey: string }): OurServer;
  };
  const httpServer = createServer();
  return controlOurs(httpServer, attach(httpServer, { authKey }));
}
