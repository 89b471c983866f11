/**
 * The engine that reads and writes common frames by itself and leaves all else to `ws`: the handshake, the limits, other
 * frames and the closing handshake. What a peer may notice is the same as with the engine on `ws` alone.
 */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { Engine, EngineOptions, Wire, WireHandlers } from '../engine.ts';
import { openHandshakes } from '../handshakes.ts';
import { createWsEngine } from '../ws-engine.ts';
import { LeanWire } from './lean-wire.ts';
import { isWsKnown } from './lent.ts';

/** Most bytes of a message that is read here: more has a longer header, and seldom comes in one chunk. */
const MOST_READ = 65_535;

/** What `ws` makes of a connection that a wire begins with: nothing, it does not even read. */
class Unread extends WebSocket {
  setSocket(): void {}
}

/** Makes the lean engine; that on `ws` where an option, or the version of `ws`, leaves no room for it. */
export function createLeanEngine(options: EngineOptions, handlers: WireHandlers): Engine {
  const plain = createWsEngine(options, handlers);
  const { maxPayload, perMessageDeflate, serverOptions = {} } = options;
  const { allowSynchronousEvents = true, skipUTF8Validation } = serverOptions;
  if (!allowSynchronousEvents) {
    return plain; // one message a turn: nothing is left to be lean about
  }
  if (!isWsKnown()) {
    process.emitWarning(
      'Cannot use wsEngine "lean" with the version of ws that is installed: inside it is another than known, so wsEngine "ws" takes its place',
    );
    return plain;
  }
  const handshakes = openHandshakes({ ...options, perMessageDeflate: false }, Unread);
  const wireOptions = {
    handlers,
    rules: {
      maxBytes: maxPayload > 0 ? Math.min(maxPayload, MOST_READ) : MOST_READ,
      isAnyTextTaken: Boolean(skipUTF8Validation),
    },
    settings: handshakes.settings,
  };
  return {
    accept(
      request: IncomingMessage,
      socket: Duplex,
      head: Buffer,
      opened: (wire: Wire) => void,
      headers?: readonly string[],
    ): void {
      if (perMessageDeflate !== false && request.headers['sec-websocket-extensions'] !== undefined) {
        plain.accept(request, socket, head, opened, headers); // compressed, it may be
        return;
      }
      handshakes.answer({ request, socket, head, headers }, () => {
        opened(new LeanWire(socket as Socket, head, wireOptions));
      });
    },
  };
}
