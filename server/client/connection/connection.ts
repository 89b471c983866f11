/**
 * The line to the server over all its interruptions: makes one wire after another, keeps what is sent meanwhile,
 * and matches responses with calls. What events mean is not its business.
 */
import {
  type EventPacket,
  type HandshakeStatus,
  isCall,
  type Message,
  WireError,
} from '../../protocol/index.ts';
import { Batch } from './batch.ts';
import { type Answered, Calls } from './calls.ts';
import type { Clock } from './clock.ts';
import type { Packet } from './codec.ts';
import { type ReconnectOptions, reconnectDelay } from './reconnect.ts';
import { HANDSHAKE_CID, Wire, type WireSettings } from './wire.ts';

export interface ConnectionSettings extends Omit<WireSettings, 'url'> {
  autoReconnect: boolean;
  /** Read at each ending, so it may be changed while the client runs. */
  autoReconnectOptions: ReconnectOptions;
}

/** How a connection ended. */
export interface ConnectionEnd {
  code: number;
  data: unknown;
  /** False when it ended before the handshake was done. */
  wasOpen: boolean;
}

/** What a connection tells, and asks of, its client. */
export interface ConnectionOwner {
  /** Address of the next attempt. */
  url(): string;
  /** The signed token to offer, or null. Never rejects. */
  loadToken(): Promise<string | null>;
  connecting(): void;
  /** The handshake is done; what is sent now goes ahead of what waited for it. */
  opened(status: HandshakeStatus): void;
  /** What waited has been sent. */
  ready(status: HandshakeStatus): void;
  heard(message: unknown): void;
  raw(message: unknown): void;
  /** `respond` answers a call over the wire it came from, if that still stands; it does nothing for other events. */
  event(packet: EventPacket, respond: (error: unknown, data: unknown) => void): void;
  failed(error: unknown): void;
  ended(end: ConnectionEnd): void;
}

const NORMAL = 1000;

export class Connection {
  readonly #settings: ConnectionSettings;
  readonly #owner: ConnectionOwner;
  readonly #clock: Clock;
  readonly #calls: Calls;
  readonly batch: Batch<Packet>;
  #wire: Wire | undefined;
  #state: 'closed' | 'connecting' | 'open' = 'closed';
  #untilOpen: Packet[] = [];
  #attempt = 0;
  #stopRetry: (() => void) | undefined;
  /** The application has ended the connection, so no code brings it back. */
  #isLeaving = false;
  #isDestroyed = false;

  constructor(settings: ConnectionSettings, owner: ConnectionOwner, clock: Clock) {
    this.#settings = settings;
    this.#owner = owner;
    this.#clock = clock;
    this.#calls = new Calls(clock, HANDSHAKE_CID);
    this.batch = new Batch((packets) => this.#write(packets), clock);
  }

  get state(): 'closed' | 'connecting' | 'open' {
    return this.#state;
  }

  /** Ends the connection for good: whatever would open it again is refused. */
  destroy(): void {
    this.disconnect(NORMAL);
    this.batch.drop();
    this.batch.stopRegular();
    this.#isDestroyed = true;
  }

  /**
   * Connects now, unless it is connected or connecting.
   *
   * @throws ClusterError OPTION_INVALID without a WebSocket; what its constructor throws for a bad URL;
   *   InvalidActionError after `destroy`.
   */
  connect(): void {
    this.#refuseDestroyed('connect');
    if (this.#state !== 'closed') {
      return;
    }
    this.#forgetRetry();
    this.#isLeaving = false;
    const wire = this.#makeWire();
    this.#wire = wire;
    this.#state = 'connecting';
    try {
      wire.open();
    } catch (error) {
      this.#state = 'closed';
      this.#wire = undefined;
      this.#untilOpen = [];
      throw error;
    }
    this.#owner.connecting();
  }

  /** Ends the connection for good: only `connect`, or sending something, opens it again. */
  disconnect(code: number, data?: unknown): void {
    this.#forgetRetry();
    this.#attempt = 0;
    this.#isLeaving = true;
    this.#wire?.close(code, data);
  }

  /** Sends an event; on a closed connection it connects first. */
  transmit(event: string, data: unknown): void {
    this.#refuseDestroyed(`send "${event}"`);
    this.#send({ event, data });
  }

  /** Calls the server. `timeout` in ms runs from now, also while there is no connection. */
  call(event: string, data: unknown, answered: Answered, timeout = this.#settings.ackTimeout): void {
    this.#refuseDestroyed(`call "${event}"`);
    const cid = this.#calls.add(event, answered, timeout);
    this.#send({ event, data, cid });
  }

  /** Sends a message as it is. Nothing waits for a connection: what cannot be sent now is lost. */
  sendMessage(message: Message): void {
    if (this.#state === 'open') {
      this.#wire?.sendMessage(message);
    }
  }

  #send(packet: Packet): void {
    if (this.#state === 'open') {
      this.batch.add(packet);
      return;
    }
    this.#untilOpen.push(packet);
    this.connect();
  }

  #write(packets: Packet | Packet[]): void {
    try {
      this.#wire?.send(packets);
    } catch (error) {
      // One packet that cannot be encoded must not take the others of its batch with it.
      if (Array.isArray(packets)) {
        packets.forEach((packet) => {
          this.#write(packet);
        });
      } else if ('event' in packets && isCall(packets)) {
        this.#calls.fail(packets.cid, error);
      } else {
        this.#owner.failed(error);
      }
    }
  }

  #makeWire(): Wire {
    const owner = this.#owner;
    const url = owner.url();
    const wire = new Wire(
      { ...this.#settings, url },
      {
        loadToken: () => owner.loadToken(),
        opened: (status) => this.#opened(status),
        heard: (message) => owner.heard(message),
        event: (packet) => owner.event(packet, (error, data) => this.#respond(wire, packet, error, data)),
        response: ({ rid, error, data }) => this.#calls.settle(rid, error, data),
        raw: (message) => owner.raw(message),
        failed: (error) => owner.failed(error),
        ended: (code, data) => this.#ended(code, data),
      },
      this.#clock,
    );
    return wire;
  }

  #respond(wire: Wire, packet: EventPacket, error: unknown, data: unknown): void {
    if (isCall(packet) && this.#wire === wire) {
      this.#send({ rid: packet.cid, error, data });
    }
  }

  #opened(status: HandshakeStatus): void {
    this.#state = 'open';
    this.#attempt = 0;
    const packets = this.#untilOpen;
    this.#untilOpen = [];
    this.#owner.opened(status);
    for (const packet of packets) {
      this.batch.add(packet);
    }
    this.#owner.ready(status);
  }

  #ended(code: number, data: unknown): void {
    const wasOpen = this.#state === 'open';
    this.#state = 'closed';
    this.#wire = undefined;
    this.#untilOpen = [];
    this.batch.drop();
    // Taken before anyone is told, so that calls made by those who are told live on.
    const failCalls = this.#calls.takeAll();
    this.#retryLater(code);
    this.#owner.ended({ code, data, wasOpen });
    failCalls({ type: wasOpen ? 'disconnect' : 'connectAbort', code, reason: data });
  }

  #retryLater(code: number): void {
    const { autoReconnect, autoReconnectOptions } = this.#settings;
    const ending = { code, attempt: this.#attempt, random: this.#clock.random() };
    const delay = reconnectDelay(ending, autoReconnectOptions);
    if (!autoReconnect || this.#isLeaving || delay === undefined) {
      return;
    }
    this.#attempt += 1;
    this.#stopRetry = this.#clock.schedule(() => {
      try {
        this.connect();
      } catch (error) {
        this.#owner.failed(error);
      }
    }, delay);
  }

  #refuseDestroyed(action: string): void {
    if (this.#isDestroyed) {
      throw new WireError(`Cannot ${action}: the client was destroyed, wanted is a new one`, {
        name: 'InvalidActionError',
      });
    }
  }

  #forgetRetry(): void {
    this.#stopRetry?.();
    this.#stopRetry = undefined;
  }
}
