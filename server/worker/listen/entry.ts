/** Where the clients of one realtime server come in: what becomes of an upgrade request at its path. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Engine, Wire } from '../../engine/index.ts';
import { RETRY_AFTER } from '../../protocol/index.ts';
import { type AddressLimit, remoteAddressOf } from '../address/index.ts';
import type { Visitor } from '../session/index.ts';
import { originTest } from './origins.ts';

export interface EntryOptions {
  path: string;
  origins: string | readonly string[];
  engine: Engine;
  admit: (wire: Wire, remoteAddress: string, visitor?: Visitor) => void;
  /** Finds out who sends a request. Default: nobody does. */
  visitors?: {
    upgrade(request: IncomingMessage, remoteAddress: string): Visitor;
    receive(request: IncomingMessage, response: ServerResponse, remoteAddress: string): void;
  };
  /** Bounds the sockets of one address. Default: nothing does. */
  addresses?: AddressLimit;
  /** Called for each request that asks for no upgrade, before anybody else. */
  seen?: (request: IncomingMessage) => void;
  /** Asks the application whether an upgrade may go on; `decided` gets the reason when not. Default: it may. */
  authorize?: (request: IncomingMessage, decided: (refusal?: string) => void) => void;
}

const TAKES_NO_MORE = 'This server takes no more clients';

export class Entry {
  readonly options: EntryOptions;
  readonly #isAllowed: (origin: string | undefined) => boolean;
  #isClosed = false;

  constructor(options: EntryOptions) {
    this.options = options;
    this.#isAllowed = originTest(options.origins);
  }

  /** Answers 503 to all from now on, those who wait for the application's word included. */
  close(): void {
    this.#isClosed = true;
  }

  /** Answers an upgrade request. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { addresses, engine, admit, visitors, authorize = (_request, decided) => decided() } = this.options;
    socket.on('error', ignore);
    if (this.#isClosed) {
      refuse(socket, '503 Service Unavailable', TAKES_NO_MORE);
      return;
    }
    if (!this.#isAllowed(request.headers.origin)) {
      refuse(socket, '403 Forbidden', 'Failed to authorize socket handshake: this origin may not connect');
      return;
    }
    const remoteAddress = remoteAddressOf(request);
    if (addresses?.take(remoteAddress, socket) === false) {
      refuse(socket, '429 Too Many Requests', 'This address has as many sockets as it may have');
      return;
    }
    const visitor = visitors?.upgrade(request, remoteAddress);
    const opened = (wire: Wire): void => {
      socket.removeListener('error', ignore);
      admit(wire, remoteAddress, visitor);
    };
    authorize(request, (refusal) => {
      if (refusal !== undefined) {
        refuse(socket, '401 Unauthorized', refusal);
      } else if (this.#isClosed) {
        refuse(socket, '503 Service Unavailable', TAKES_NO_MORE);
      } else {
        engine.accept(request, socket, head, opened, visitor?.headers);
      }
    });
  }

  /** Prepares a request of the application. */
  receive(request: IncomingMessage, response: ServerResponse): void {
    this.options.visitors?.receive(request, response, remoteAddressOf(request));
  }
}

/** A peer that hangs up during the upgrade has ended nothing but itself. */
export function ignore(): void {}

/** Answers an upgrade request that becomes no socket, and lets go of the connection. */
export function refuse(socket: Duplex, status: string, why: string): void {
  const body = `${why}\n`;
  const retry = status.startsWith('503') ? `Retry-After: ${RETRY_AFTER}\r\n` : '';
  // Nobody times an upgraded connection any more: left half open, it would be held for as long as the peer likes.
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status}\r\n${retry}Connection: close\r\nContent-Type: text/html\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
