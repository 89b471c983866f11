/** The handshake, which every engine leaves to `ws`. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { EngineOptions } from './engine.ts';

/** An upgrade request, and what its answer has besides the headers of every answer. */
export interface Upgrade {
  request: IncomingMessage;
  socket: Duplex;
  head: Buffer;
  headers?: readonly string[] | undefined;
}

export interface Handshakes<Socket> {
  /** What `ws` makes its sockets with: all its options, defaults included. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Answers a request. `opened` is not called when it is no valid WebSocket upgrade. */
  answer(upgrade: Upgrade, opened: (socket: Socket) => void): void;
}

/**
 * Begins to answer upgrade requests.
 *
 * @param socketClass What is made of each connection that is upgraded.
 */
export function openHandshakes<Class extends typeof WebSocket>(
  options: EngineOptions,
  socketClass: Class,
): Handshakes<InstanceType<Class>> {
  const server = new WebSocketServer<Class>({
    ...options.serverOptions,
    noServer: true,
    clientTracking: false,
    maxPayload: options.maxPayload,
    perMessageDeflate: options.perMessageDeflate,
    WebSocket: socketClass,
  });
  // By request: with `verifyClient` several may wait for their answers at a time.
  const ofOneAnswer = new WeakMap<IncomingMessage, readonly string[]>();
  server.on('headers', (headers, request) => {
    headers.push(...options.headers, ...(ofOneAnswer.get(request) ?? []));
  });
  return {
    settings: { ...server.options },
    answer({ request, socket, head, headers }, opened): void {
      if (headers !== undefined) {
        ofOneAnswer.set(request, headers);
      }
      server.handleUpgrade(request, socket, head, opened);
    },
  };
}
