/** The server that all generators load: package `ws` without anything on it, which answers whatever comes. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { WebSocketServer } from 'ws';

/** What the server has seen so far. */
export interface Tally {
  /** When, on its own clock, milliseconds. */
  atMs: number;
  /** Connections that are open. */
  open: number;
  /** Questions that were answered. */
  answered: number;
}

/** The answer to every question, as that of a pathological server to `QUESTION`. */
const ANSWER = '{"rid":1}';
const TELL_EVERY_MS = 1_000;

/**
 * Listens on this host, and tells from time to time what it has seen.
 *
 * @returns Port, and how to end it.
 */
export async function serveEcho(
  tell: (tally: Tally) => void,
  everyMs = TELL_EVERY_MS,
): Promise<{ port: number; close: () => void }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  let answered = 0;
  server.on('connection', (socket) => {
    socket.on('message', () => {
      answered += 1;
      socket.send(ANSWER);
    });
    socket.on('error', () => {}); // Generators end by being killed; its end follows.
  });
  await once(server, 'listening');
  const timer = setInterval(() => {
    tell({ atMs: performance.now(), open: server.clients.size, answered });
  }, everyMs);
  const close = (): void => {
    clearInterval(timer);
    for (const socket of server.clients) socket.terminate();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, close };
}
