/**
 * The seam between the worker and a WebSocket implementation. The worker sees wires: it writes whole
 * frames, built once however many wires get them, and is told of whole messages.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** One WebSocket as the worker sees it. */
export interface Wire {
  /** For the worker's own use: the socket that this wire carries. */
  owner: unknown;
  /** True from the first cork of a loop turn to the end of that turn. Kept here to spare a table. */
  corked: boolean;
  /** Bytes that wait for the peer, corked ones included. */
  readonly waiting: number;
  /** False from the moment a close was sent, received or forced. */
  readonly isOpen: boolean;
  /** Writes one whole frame of a message, text or binary. Only while `isOpen`. */
  write(frame: Buffer): void;
  /** Holds writes back until `uncork`, so that they leave in one system call. */
  cork(): void;
  uncork(): void;
  /** Calls back once, when what was written so far has gone out. Only after `uncork`, one call at a time. */
  onceDrained(callback: () => void): void;
  /** Reads nothing more from the peer until `resume`. */
  pause(): void;
  resume(): void;
  /** Starts the closing handshake; the handlers hear of the end. */
  close(code: number, reason: string): void;
  /** Drops the connection at once. */
  terminate(): void;
}

/**
 * What happens on wires. One table for all wires of a worker: nothing is made per wire. What a handler throws is an
 * error that nobody catches, and the wire goes on.
 */
export interface WireHandlers {
  /** A whole message: its text, or the bytes of a binary one, which may be kept. */
  message(wire: Wire, message: string | Buffer): void;
  /** The end of a wire, called once. 1006 when no close frame came. */
  closed(wire: Wire, code: number, reason: string): void;
}

export interface EngineOptions {
  /** Most bytes one message may have; a longer one closes the wire with 1009. */
  maxPayload: number;
  /** Or settings of the compression. */
  perMessageDeflate: boolean | Readonly<Record<string, unknown>>;
  /** Further options of the implementation's own server. Default: none. */
  serverOptions?: Readonly<Record<string, unknown>>;
  /** Headers added to every `101` answer. */
  headers: readonly string[];
}

export interface Engine {
  /**
   * Answers an upgrade request. `opened` is not called when the request is no valid WebSocket upgrade.
   *
   * @param headers Added to this answer besides those of the options.
   */
  accept(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    opened: (wire: Wire) => void,
    headers?: readonly string[],
  ): void;
}
