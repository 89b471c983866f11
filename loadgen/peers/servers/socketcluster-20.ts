/** `socketcluster-server` 20, one process, as its own README attaches it. */
import { createServer, type Server } from 'node:http';
import type { Controlled } from './control.ts';

interface Library {
  attach(httpServer: Server, options: { authKey: string }): AgServer;
}

interface AgServer {
  clients: Record<string, AgSocket>;
  listener(event: 'connection'): AsyncIterable<{ socket: AgSocket }>;
}

interface AgSocket {
  authToken: object | null;
  receiver(event: 'ping'): AsyncIterable<unknown>;
  transmit(event: 'pong', data: { count: number }): Promise<void>;
}

/** Creates the server, without listening yet. */
export function createSocketCluster20(load: NodeJS.Require, authKey: string): Controlled {
  const library = load('socketcluster-server') as Library;
  const httpServer = createServer();
  const server = library.attach(httpServer, { authKey });
  let isEchoing = false;
  let count = 0;
  const answer = async (socket: AgSocket): Promise<void> => {
    for await (const _ping of socket.receiver('ping')) {
      count += 1;
      void socket.transmit('pong', { count });
    }
  };
  const welcome = async (): Promise<void> => {
    for await (const { socket } of server.listener('connection')) {
      if (isEchoing) {
        void answer(socket);
      }
    }
  };
  void welcome();
  return {
    httpServer,
    count() {
      const sockets = Object.values(server.clients);
      const authenticated = sockets.filter(({ authToken }) => authToken !== null).length;
      return { sockets: sockets.length, authenticated };
    },
    echo() {
      isEchoing = true;
    },
    channels: () => {},
  };
}
