/**
 * `socket.io` 4, one process, as https://socket.io/docs/v4/performance-tuning and https://socket.io/docs/v4/memory-usage
 * advise.
 */
import { createServer, type Server as HttpServer } from 'node:http';
import type { Controlled } from './control.ts';

interface Library {
  Server: new (httpServer: HttpServer, options: object) => IoServer;
}

interface IoServer {
  engine: {
    clientsCount: number;
    on(event: 'connection', listener: (rawSocket: { request: unknown }) => void): void;
  };
  on(event: 'connection', listener: (socket: IoSocket) => void): void;
  to(room: string): Pick<IoSocket, 'emit'>;
}

interface IoSocket {
  on(event: 'ping', listener: () => void): void;
  on(event: 'subscribe', listener: (channel: string, done: () => void) => void): void;
  on(event: 'publish', listener: (channel: string, data: unknown) => void): void;
  emit(event: string, ...data: unknown[]): unknown;
  join(room: string): void;
}

const OPTIONS = {
  transports: ['websocket'],
  serveClient: false,
  perMessageDeflate: false,
  httpCompression: false,
};

/** Creates the server, without listening yet. A channel is a room, and a publication is sent on to it. */
export function createSocketIo(load: NodeJS.Require): Controlled {
  const { Server } = load('socket.io') as Library;
  const httpServer = createServer();
  const server = new Server(httpServer, OPTIONS);
  server.engine.on('connection', (rawSocket) => {
    rawSocket.request = null;
  });
  let [isEchoing, hasChannels] = [false, false];
  let count = 0;
  server.on('connection', (socket) => {
    if (isEchoing) {
      socket.on('ping', () => {
        count += 1;
        socket.emit('pong', { count });
      });
    }
    if (hasChannels) {
      socket.on('subscribe', (channel, done) => {
        socket.join(channel);
        done();
      });
      socket.on('publish', (channel, data) => {
        server.to(channel).emit('publish', channel, data);
      });
    }
  });
  return {
    httpServer,
    count: () => ({ sockets: server.engine.clientsCount, authenticated: 0 }),
    echo() {
      isEchoing = true;
    },
    channels() {
      hasChannels = true;
    },
  };
}
