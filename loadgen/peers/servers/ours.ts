/** Our own server: in a worker, or attached to an HTTP server as the other servers here are. */
import { createServer, type Server } from 'node:http';
import type { Controlled } from './control.ts';

/** What is needed of it, whoever runs it. */
export interface OurServer {
  clients: ReadonlyMap<string, OurSocket>;
  on(event: 'connection', listener: (socket: OurSocket) => void): unknown;
}

interface OurSocket {
  authToken: object | null;
  on(event: 'ping', listener: () => void): unknown;
  emit(event: 'pong', data: { count: number }): unknown;
}

/** Makes it count, and answer pings once it is told to. */
export function control(httpServer: Server, server: OurServer): Controlled {
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
      const sockets = [...server.clients.values()];
      const authenticated = sockets.filter(({ authToken }) => authToken !== null).length;
      return { sockets: sockets.length, authenticated };
    },
    echo() {
      isEchoing = true;
    },
  };
}

/** Creates it in this process, without listening yet. */
export function createOurs(load: NodeJS.Require, authKey: string): Controlled {
  const { attach } = load('socketcluster-bench') as {
    attach(httpServer: Server, options: { authKey: string }): OurServer;
  };
  const httpServer = createServer();
  return control(httpServer, attach(httpServer, { authKey }));
}
