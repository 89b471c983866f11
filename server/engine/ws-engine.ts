/**
 * The engine on `ws`. Handshake, parsing, limits and the closing handshake are those of `ws`; frames that
 * the worker built go straight to the connection, which spares one copy and one write per receiver.
 */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { shielded, throwLater } from '../errors/index.ts';
import type { Engine, EngineOptions, Wire, WireHandlers } from './engine.ts';
import { isBinaryFrame, payloadOf } from './frame.ts';
import { openHandshakes } from './handshakes.ts';

class WsWire extends WebSocket implements Wire {
  owner: unknown = undefined;
  corked = false;

  #drained: (() => void) | undefined;

  /** `ws` keeps the connection here; it is null before the upgrade is complete and after the end. */
  declare private readonly _socket: Socket | null;

  get waiting(): number {
    // With compression `ws` holds messages back itself; without, it writes at once.
    return this.extensions === '' ? (this._socket?.writableLength ?? 0) : this.bufferedAmount;
  }

  get isOpen(): boolean {
    return this.readyState === WebSocket.OPEN;
  }

  write(frame: Buffer): void {
    if (this.extensions === '') {
      this._socket?.write(frame);
    } else {
      this.send(payloadOf(frame), { binary: isBinaryFrame(frame) }, () => this.#noteSent());
    }
  }

  cork(): void {
    this._socket?.cork();
  }

  uncork(): void {
    this._socket?.uncork();
  }

  onceDrained(callback: () => void): void {
    if (this.extensions === '') {
      // Not 'drain': Node emits that only past its own mark, which may lie above the one asked about.
      this._socket?.write(NOTHING, callback);
    } else {
      this.#drained = callback;
    }
  }

  #noteSent(): void {
    const drained = this.#drained;
    if (drained !== undefined && this.bufferedAmount === 0) {
      this.#drained = undefined;
      drained();
    }
  }
}

const NOTHING = Buffer.alloc(0);

/** Makes the engine on `ws`. */
export function createWsEngine(options: EngineOptions, handlers: WireHandlers): Engine {
  const handshakes = openHandshakes(options, WsWire);

  // One function for all wires; `ws` calls it with the wire as `this`.
  // What is thrown in the middle of `ws` would leave its receiver deaf for what follows.
  function onMessage(this: WebSocket, data: Buffer, isBinary: boolean): void {
    try {
      handlers.message(this as WsWire, isBinary ? data : data.toString());
    } catch (error) {
      throwLater(error);
    }
  }
  function onClose(this: WebSocket, code: number, reason: Buffer): void {
    shielded(() => handlers.closed(this as WsWire, code, reason.toString()));
  }

  return {
    accept(
      request: IncomingMessage,
      socket: Duplex,
      head: Buffer,
      opened: (wire: Wire) => void,
      headers?: readonly string[],
    ): void {
      handshakes.answer({ request, socket, head, headers }, (wire) => {
        wire.on('message', onMessage);
        wire.on('close', onClose);
        wire.on('error', ignore);
        opened(wire);
      });
    },
  };
}

/** What a peer does wrong ends its own wire: the close event with its code follows every error. */
function ignore(): void {}
