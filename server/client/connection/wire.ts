/**
 * One WebSocket from its making to its end: handshake, pings, packets in and out. It never returns from its
 * end; `connection.ts` makes the next one.
 */
import {
  type CodecEngine,
  type EventPacket,
  events,
  fitReason,
  type HandshakeStatus,
  hydrate,
  isEvent,
  isResponse,
  type Message,
  PING_V1,
  PING_V2,
  PONG_V1,
} from '../../protocol/index.ts';
import type { Clock } from './clock.ts';
import { HANDSHAKE_FAILED, type Response, readRefusal, readStatus } from './codec.ts';
import { findWebSocket, type SocketConstructor, type SocketLike } from './socket-like.ts';

export interface WireSettings {
  url: string;
  webSocket?: SocketConstructor | undefined;
  wsOptions?: object | undefined;
  binaryType: string;
  codecEngine: CodecEngine;
  /** Milliseconds from the making to the end of the handshake. */
  connectTimeout: number;
  /** Milliseconds the handshake's answer may take. */
  ackTimeout: number;
  pingTimeoutDisabled: boolean;
}

/** What a wire tells, and asks of, whoever made it. After `ended` it tells nothing more. */
export interface WireOwner {
  /** The signed token to offer, or null. Never rejects. */
  loadToken(): Promise<string | null>;
  opened(status: HandshakeStatus): void;
  /** Each message, pings too, before it is looked into. */
  heard(message: unknown): void;
  event(packet: EventPacket): void;
  response(packet: Response): void;
  raw(message: unknown): void;
  failed(error: unknown): void;
  ended(code: number, data: unknown): void;
}

/** Codes this side closes with. */
const NO_PING = 4000;
const CONNECT_TIMEOUT = 4007;

/** What RFC 6455 calls a connection that ended without a close frame. */
const HUNG_UP = 1006;

/** `cid` of every handshake. Other calls are numbered above it. */
export const HANDSHAKE_CID = 1;

export class Wire {
  readonly #settings: WireSettings;
  readonly #owner: WireOwner;
  readonly #clock: Clock;
  #socket: SocketLike | undefined;
  #state: 'connecting' | 'open' | 'ended' = 'connecting';
  #stopConnectTimer = (): void => undefined;
  #stopAckTimer = (): void => undefined;
  #stopPingTimer = (): void => undefined;
  #pingTimeout = Number.POSITIVE_INFINITY;
  /** What a `#disconnect` packet said; it can say more than a close frame. */
  #farewell: unknown;

  constructor(settings: WireSettings, owner: WireOwner, clock: Clock) {
    this.#settings = settings;
    this.#owner = owner;
    this.#clock = clock;
  }

  /**
   * Begins to connect.
   *
   * @throws ClusterError OPTION_INVALID without a WebSocket; what its constructor throws for a bad URL.
   */
  open(): void {
    const { url, webSocket, wsOptions, binaryType, connectTimeout } = this.#settings;
    const socket: SocketLike = new (findWebSocket(webSocket))(url, undefined, wsOptions);
    this.#socket = socket;
    socket.binaryType = binaryType;
    socket.onopen = () => void this.#shakeHands();
    socket.onmessage = ({ data }: { data: unknown }) => this.#receive(data);
    socket.onclose = ({ code, reason }: { code?: number; reason?: string }) =>
      this.#end(code ?? HUNG_UP, this.#farewell ?? reason);
    // The close that follows says the same, and is told.
    socket.onerror = () => undefined;
    this.#stopConnectTimer = this.#clock.schedule(() => this.close(CONNECT_TIMEOUT), connectTimeout);
  }

  /** Sends a packet or an array of packets. */
  send(packet: unknown): void {
    this.sendMessage(this.#settings.codecEngine.encode(packet));
  }

  /** Sends a message as it is. */
  sendMessage(message: Message): void {
    this.#socket?.send(message as never); // The seam names no type that every platform shares.
  }

  /** Ends the wire; the owner is told before this returns. Data that is no text goes ahead in a packet. */
  close(code: number, data?: unknown): void {
    if (this.#state === 'ended') {
      return;
    }
    const socket = this.#socket;
    if (this.#state === 'open' && data !== undefined && typeof data !== 'string') {
      this.send({ event: events.disconnect, data: { code, data } });
    }
    this.#end(code, data);
    socket?.close(
      isClosable(code) ? code : HANDSHAKE_FAILED,
      typeof data === 'string' ? fitReason(data) : '',
    );
  }

  async #shakeHands(): Promise<void> {
    const authToken = await this.#owner.loadToken();
    if (this.#state !== 'connecting') {
      return;
    }
    this.#stopAckTimer = this.#clock.schedule(
      () => this.close(HANDSHAKE_FAILED, 'No answer to the handshake'),
      this.#settings.ackTimeout,
    );
    try {
      this.send({ event: events.handshake, data: { authToken }, cid: HANDSHAKE_CID });
    } catch (error) {
      this.#owner.failed(error);
      this.close(HANDSHAKE_FAILED);
    }
  }

  #receive(message: unknown): void {
    if (this.#state === 'ended') {
      return; // The peer may not know yet.
    }
    this.#owner.heard(message);
    if (message === PING_V1 || message === PING_V2) {
      this.#answerPing(() => this.sendMessage(message === PING_V1 ? PONG_V1 : PING_V2));
      return;
    }
    const decoded = this.#decode(message);
    if (decoded === PING_V1) {
      // A server of ping protocol 1 encodes its pings, unless they are JSON.
      this.#answerPing(() => this.send(PONG_V1));
      return;
    }
    if (!Array.isArray(decoded)) {
      this.#handle(decoded, message);
      return;
    }
    for (const item of decoded) {
      this.#handle(item, item);
    }
  }

  #decode(message: unknown): unknown {
    try {
      return this.#settings.codecEngine.decode(message);
    } catch (error) {
      this.#owner.failed(error);
      return undefined;
    }
  }

  #handle(item: unknown, raw: unknown): void {
    if (this.#state === 'ended') {
      return;
    }
    if (isEvent(item)) {
      this.#noteFarewell(item);
      this.#owner.event(item);
    } else if (!isResponse(item)) {
      this.#owner.raw(raw);
    } else if (this.#state === 'connecting') {
      this.#finishHandshake(item);
    } else {
      this.#owner.response(item);
    }
  }

  #noteFarewell({ event, data }: EventPacket): void {
    if (event === events.disconnect && typeof data === 'object' && data !== null && 'data' in data) {
      this.#farewell = data.data;
    }
  }

  #finishHandshake({ rid, error, data }: Response): void {
    if (rid !== HANDSHAKE_CID) {
      return;
    }
    this.#stopAckTimer();
    this.#stopConnectTimer();
    if (error !== undefined && error !== null) {
      this.#owner.failed(hydrate(error));
      this.close(readRefusal(error, data));
      return;
    }
    const status = readStatus(data);
    this.#state = 'open';
    this.#pingTimeout = status.pingTimeout;
    this.#watchPings();
    this.#owner.opened(status);
  }

  /** A ping before the handshake's answer is not answered: a strict server would take offence. */
  #answerPing(answer: () => void): void {
    if (this.#state === 'open') {
      this.#watchPings();
      answer();
    }
  }

  #watchPings(): void {
    this.#stopPingTimer();
    if (!this.#settings.pingTimeoutDisabled && Number.isFinite(this.#pingTimeout)) {
      this.#stopPingTimer = this.#clock.schedule(() => this.close(NO_PING), this.#pingTimeout);
    }
  }

  #end(code: number, data: unknown): void {
    if (this.#state === 'ended') {
      return;
    }
    this.#state = 'ended';
    this.#stopConnectTimer();
    this.#stopAckTimer();
    this.#stopPingTimer();
    this.#owner.ended(code, data === '' ? undefined : data);
  }
}

/** Codes that a browser lets an application close with. */
function isClosable(code: number): boolean {
  return code === 1000 || (code >= 3000 && code <= 4999);
}
