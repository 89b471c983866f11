/** The client at the other end of a wire: what is sent to it, how it is pinged, how it is sent away. */
import { frameOfBytes, frameOfText, type Wire } from '../../engine/index.ts';
import {
  type CallId,
  type CloseName,
  closeCodes,
  encodeEvent,
  encodeResponse,
  events,
  fitReason,
  PING_V1,
  PING_V2,
} from '../../protocol/index.ts';
import type { Outbox } from './outbox.ts';

/** Frames of the pings, built once. */
const PING_FRAMES = { 1: frameOfText(PING_V1), 2: frameOfText(PING_V2) } as const;

export class Peer {
  /** Ping protocol the client was found to speak; 0 while unknown. */
  pingVersion: 0 | 1 | 2;
  /** Data of the `#disconnect` a client announced its leave with: code and data. */
  leavingWith: unknown = undefined;
  readonly #wire: Wire;
  readonly #outbox: Outbox;

  /** @param protocolVersion The option of that name. */
  constructor(wire: Wire, outbox: Outbox, protocolVersion: 1 | 2 | 'auto') {
    this.#wire = wire;
    this.#outbox = outbox;
    this.pingVersion = protocolVersion === 'auto' ? 0 : protocolVersion;
  }

  /** False from the moment either side ends the connection: what is sent from then on goes nowhere. */
  get isReachable(): boolean {
    return this.#wire.isOpen;
  }

  /** Sends one text message. */
  sendText(text: string): void {
    this.#outbox.send(this.#wire, frameOfText(text));
  }

  /** Sends a frame that others get too. */
  sendFrame(frame: Buffer): void {
    this.#outbox.send(this.#wire, frame);
  }

  /** Sends a message as it is; the client raises `raw`. */
  send(message: string | Uint8Array): void {
    this.sendFrame(
      typeof message === 'string' ? frameOfText(message) : frameOfBytes(message, { isBinary: true }),
    );
  }

  /** Answers a call of the client. `error` must be dehydrated. */
  respond(rid: CallId, error: unknown, data?: unknown): void {
    this.sendText(encodeResponse(rid, error, data));
  }

  /** Sends the ping the client understands; both while that is unknown. */
  ping(): void {
    if (this.pingVersion !== 2) {
      this.#outbox.ping(this.#wire, PING_FRAMES[1]);
    }
    if (this.pingVersion !== 1) {
      this.#outbox.ping(this.#wire, PING_FRAMES[2]);
    }
  }

  /** Closes with a code of the protocol. */
  close(name: CloseName): void {
    this.closeWith(closeCodes[name].code, closeCodes[name].reason);
  }

  /** Closes with any code that may be sent. Data that is no text reaches only clients of ping protocol 1. */
  closeWith(code: number, data: unknown): void {
    if (!this.#wire.isOpen) {
      return;
    }
    this.#outbox.finish(this.#wire, this.pingVersion === 1 ? announcement(code, data) : undefined);
    this.#wire.close(code, typeof data === 'string' ? fitReason(data) : '');
  }

  /** Reads nothing more from the client until `resume`. */
  pause(): void {
    this.#wire.pause();
  }

  resume(): void {
    this.#wire.resume();
  }

  /** Drops the connection without a word. */
  terminate(): void {
    this.#wire.terminate();
  }
}

/** What older clients are told before the close frame. */
function announcement(code: number, data: unknown): Buffer {
  return frameOfText(encodeEvent(events.disconnect, { code, data: data === '' ? undefined : data }));
}
