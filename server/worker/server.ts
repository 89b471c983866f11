/**
 * The realtime server of one worker: it makes a socket of each wire, keeps the clients, and ties handlers,
 * heartbeat, outbox, exchange and tokens together. What a packet does is decided in `handlers/`.
 */
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { Wire, WireHandlers } from '../engine/index.ts';
import type { Options } from '../options/index.ts';
import type { HandshakeStatus } from '../protocol/index.ts';
import { Auth, type Checked } from './auth.ts';
import type { Exchange } from './exchange.ts';
import { type Context, receive } from './handlers/index.ts';
import { Heartbeat, type Host, Outbox, SCSocket } from './socket/index.ts';

/** What the application may listen to, with the arguments of each event. */
interface ServerEvents {
  /** A client has done its handshake. */
  connection: [socket: SCSocket, status: HandshakeStatus];
  /** A client that had done its handshake is gone. */
  disconnection: [socket: SCSocket, code: number, reason: unknown];
  /** A client went before its handshake. */
  connectionAbort: [socket: SCSocket, code: number, reason: unknown];
  subscription: [socket: SCSocket, channel: string];
  unsubscription: [socket: SCSocket, channel: string];
  authentication: [socket: SCSocket, authToken: Record<string, unknown>];
  deauthentication: [socket: SCSocket, oldAuthToken: Record<string, unknown>];
}

export class SCServer extends EventEmitter<ServerEvents> implements Host, Context {
  readonly options: Options;
  readonly exchange: Exchange;
  readonly heartbeat: Heartbeat;
  readonly outbox: Outbox;
  /** Open sockets by id. */
  readonly clients = new Map<string, SCSocket>();

  readonly #auth: Auth;
  readonly #pending = new Set<SCSocket>();
  readonly #counts = { accepted: 0, messagesIn: 0, tooSlow: 0, pongTimeouts: 0, handshakeTimeouts: 0 };
  #sequence = 0;

  constructor(options: Options, exchange: Exchange) {
    super();
    this.options = options;
    this.exchange = exchange;
    this.#auth = new Auth(options);
    this.heartbeat = new Heartbeat(options);
    this.outbox = new Outbox({
      softLimit: options.outboundSoftLimit,
      hardLimit: options.outboundHardLimit,
      tooSlow: (wire) => this.#closeSlow(wire),
    });
  }

  /** Sockets that have done their handshake. */
  get clientsCount(): number {
    return this.clients.size;
  }

  /** Sockets of any state. */
  get connections(): number {
    return this.clients.size + this.#pending.size;
  }

  /** Counters for the worker's snapshot. */
  get counters(): {
    accepted: number;
    messagesIn: number;
    messagesOut: number;
    others: Record<string, number>;
  } {
    const { accepted, messagesIn, tooSlow, pongTimeouts, handshakeTimeouts } = this.#counts;
    const others = { tooSlow, pongTimeouts, handshakeTimeouts, congested: this.outbox.congested };
    return { accepted, messagesIn, messagesOut: this.outbox.frames, others };
  }

  /** What the engine calls for each message and each end of a wire. */
  readonly wires: WireHandlers = {
    message: (wire, data, isBinary) => {
      const socket = wire.owner as SCSocket;
      this.#counts.messagesIn += 1;
      socket.lastHeard = this.heartbeat.now;
      receive(this, socket, data, isBinary);
    },
    closed: (wire, code, reason) => {
      this.outbox.forget(wire);
      this.#end(wire.owner as SCSocket, code, reason);
    },
  };

  /** Takes a new wire in. */
  readonly admit = (wire: Wire, remoteAddress: string): void => {
    const socket = new SCSocket(this, wire, this.generateId(), remoteAddress);
    wire.owner = socket;
    this.#counts.accepted += 1;
    this.#pending.add(socket);
    this.heartbeat.add(socket);
  };

  /** Makes an id no other socket has: 12 random bytes and a number, as 20 characters. */
  generateId(): string {
    this.#sequence = (this.#sequence + 1) % 2 ** 24;
    const bytes = randomBytes(15);
    bytes.writeUIntBE(this.#sequence, 12, 3);
    return bytes.toString('base64url');
  }

  // What handlers and sockets ask for

  check(signed: unknown): Checked {
    return this.#auth.check(signed);
  }

  sign(payload: Record<string, unknown>, expiresIn?: number): ReturnType<Host['sign']> {
    const signed = this.#auth.sign(payload, expiresIn);
    return { signed, payload: this.#auth.check(signed).payload ?? payload };
  }

  publish(channel: string, data: unknown): Promise<void> {
    return this.exchange.publish(channel, data);
  }

  async join(socket: SCSocket, channel: string): Promise<void> {
    await this.exchange.join(socket, channel);
  }

  leave(socket: SCSocket, channel: string): void {
    socket.removeChannel(channel);
    this.exchange.leave(socket, channel);
  }

  opened(socket: SCSocket, status: HandshakeStatus): void {
    this.#pending.delete(socket);
    this.clients.set(socket.id, socket);
    this.emit('connection', socket, status);
  }

  notify(event: 'subscription' | 'unsubscription', socket: SCSocket, channel: string): void;
  notify(
    event: 'authentication' | 'deauthentication',
    socket: SCSocket,
    token: Record<string, unknown>,
  ): void;
  notify(event: keyof ServerEvents, ...details: unknown[]): void {
    (this as EventEmitter).emit(event, ...details);
  }

  /** Sends everyone away with 1001, spread over half the time, and drops who is left at its end. */
  async drain(withinMs: number): Promise<void> {
    const sockets = [...this.clients.values(), ...this.#pending];
    const steps = Math.min(sockets.length, Math.ceil(withinMs / DRAIN_STEP_MS / 2));
    for (let step = 0; step < steps; step += 1) {
      for (let index = step; index < sockets.length; index += steps) {
        sockets[index]?.close('goingAway');
      }
      await pause(step === steps - 1 ? 0 : DRAIN_STEP_MS);
    }
    const deadline = performance.now() + withinMs / 2;
    while (this.connections > 0 && performance.now() < deadline) {
      await pause(DRAIN_STEP_MS);
    }
    for (const socket of [...this.clients.values(), ...this.#pending]) {
      socket.terminate();
    }
    this.heartbeat.stop();
  }

  #closeSlow(wire: Wire): void {
    this.#counts.tooSlow += 1;
    (wire.owner as SCSocket).close('tooSlow');
  }

  #end(socket: SCSocket, code: number, reason: string): void {
    const wasOpen = this.clients.delete(socket.id);
    this.#pending.delete(socket);
    for (const channel of socket.subscriptions()) {
      this.leave(socket, channel);
    }
    const why = announced(socket) ?? reason;
    socket.ended(code, why);
    if (wasOpen) {
      this.emit('disconnection', socket, code, why);
    } else {
      this.emit('connectionAbort', socket, code, why);
    }
  }
}

/** Pause between two groups of clients that are sent away, milliseconds. */
const DRAIN_STEP_MS = 50;

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

/** The data an older client gave in its `#disconnect`. */
function announced(socket: SCSocket): unknown {
  const announcement = socket.leavingWith;
  return typeof announcement === 'object' && announcement !== null && 'data' in announcement
    ? announcement.data
    : undefined;
}
