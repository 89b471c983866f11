/** `ws` with nothing on it: what WebSocket itself costs, with the parser that most servers use. */
import { createServer, type Server as HttpServer } from 'node:http';
import type { Controlled } from './control.ts';

interface Library {
  WebSocketServer: new (options: { server: HttpServer; perMessageDeflate: boolean }) => WsServer;
}

interface WsServer {
  clients: Set<WsSocket>;
  on(event: 'connection', listener: (socket: WsSocket) => void): void;
}

interface WsSocket {
  on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): void;
  on(event: 'error', listener: () => void): void;
  send(data: Buffer, options: { binary: boolean }): void;
}

/** Creates the server, without listening yet. It sends back what comes; or, with channels, on to everybody else. */
export function createWs(load: NodeJS.Require): Controlled {
  const { WebSocketServer } = load('ws') as Library;
  const httpServer = createServer();
  const server = new WebSocketServer({ server: httpServer, perMessageDeflate: false });
  let [isEchoing, hasChannels] = [false, false];
  server.on('connection', (socket) => {
    socket.on('error', () => {}); // Its end follows.
    if (isEchoing) {
      socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    }
    if (hasChannels) {
      socket.on('message', (data, isBinary) => {
        for (const other of server.clients) {
          if (other !== socket) other.send(data, { binary: isBinary });
        }
      });
    }
  });
  return {
    httpServer,
    count: () => ({ sockets: server.clients.size, authenticated: 0 }),
    echo() {
      isEchoing = true;
    },
    channels() {
      hasChannels = true;
    },
  };
}
