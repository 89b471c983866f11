/**
 * The realtime server of one worker: it makes a socket of each wire, keeps the clients, and ties handlers,
 * heartbeat, outbox, exchange and tokens together. What a packet does is decided in `handlers/`.
 */
import type { IncomingMessage } from 'node:http';
import type { Wire, WireHandlers } from '../engine/index.ts';
import { asError, shielded } from '../errors/index.ts';
import type { ServerOptions } from '../options/index.ts';
import { type Farewell, farewellOf } from '../process/farewell/index.ts';
import type { CodecEngine, HandshakeStatus } from '../protocol/index.ts';
import { Auth, type Checked, type Claims, type TokenOptions } from './auth/index.ts';
import { ChannelMembers } from './batch/index.ts';
import { Registry } from './clients/index.ts';
import type { Codec } from './codec/index.ts';
import { type Departures, drain } from './drain.ts';
import type { Exchange } from './exchange.ts';
import { type Context, receive } from './handlers/index.ts';
import { Heartbeat } from './heartbeat/index.ts';
import { PublishOut } from './middleware/index.ts';
import { Global, Sessions, type Visitor } from './session/index.ts';
import { type Host, makeId, Outbox, SCSocket } from './socket/index.ts';

export class SCServer extends Registry implements Host, Context {
  readonly exchange: Exchange;
  readonly auth: Auth;
  readonly heartbeat: Heartbeat;
  readonly outbox: Outbox;
  readonly codec: Codec;
  readonly sessions: Sessions<SCSocket>;
  /** What the whole cluster shares. */
  readonly global: Global;

  readonly #publishOut: PublishOut;
  readonly #members: ChannelMembers;
  readonly #counts = { accepted: 0, messagesIn: 0, tooSlow: 0 };
  #sequence = 0;

  constructor(options: ServerOptions, exchange: Exchange) {
    super(options);
    this.exchange = exchange;
    this.codec = exchange.codec;
    this.#publishOut = new PublishOut(this.lines, this.codec, exchange);
    this.#members = new ChannelMembers(exchange, options.pubSubBatchDuration);
    this.sessions = new Sessions((id) => this.emit('sessionend', id), this.codec);
    this.global = new Global(exchange, this.sessions.reach);
    this.auth = new Auth(options, () => this.open.values());
    this.heartbeat = new Heartbeat(options);
    this.outbox = new Outbox({
      softLimit: options.outboundSoftLimit,
      hardLimit: options.outboundHardLimit,
      tooSlow: (wire) => this.#closeSlow(wire),
    });
  }

  /** Asks the application whether an upgrade may go on. */
  authorize(request: IncomingMessage, decided: (refusal?: string) => void): void {
    this.lines.ask('handshakeWS', request, (block) => {
      decided(block === undefined ? undefined : asError(block.error).message);
    });
  }

  /**
   * Has packets encoded and decoded by an engine, the same in all workers and clients; called in `run`.
   *
   * @throws TypeError for what is no engine; Error when clients have connected.
   */
  setCodecEngine(engine: CodecEngine): void {
    this.codec.use(engine, this.#counts.accepted);
  }

  /** Counters for the worker's snapshot. */
  get counters(): {
    accepted: number;
    messagesIn: number;
    messagesOut: number;
    others: Record<string, number>;
  } {
    const { accepted, messagesIn, tooSlow } = this.#counts;
    const others = { tooSlow, ...this.heartbeat.timeouts, congested: this.outbox.congested };
    return { accepted, messagesIn, messagesOut: this.outbox.frames, others };
  }

  /** What the engine calls for each message and each end of a wire. */
  readonly wires: WireHandlers = {
    message: (wire, message) => {
      const socket = wire.owner as SCSocket;
      this.#counts.messagesIn += 1;
      if (socket.hears('message')) {
        void socket.raise('message', message); // in no order with events
      }
      receive(this, socket, message);
      if (socket.state !== 'connecting') {
        socket.lastHeard = this.heartbeat.now;
      }
    },
    closed: (wire, code, reason) => {
      this.outbox.forget(wire);
      this.#end(wire.owner as SCSocket, code, reason);
    },
  };

  /** Takes a new wire in. */
  readonly admit = (wire: Wire, remoteAddress: string, visitor?: Visitor): void => {
    const socket = new SCSocket(this, wire, this.generateId(), remoteAddress, visitor);
    wire.owner = socket;
    this.#counts.accepted += 1;
    this.pending.set(socket.id, socket);
    this.heartbeat.add(socket);
    shielded(() => this.emit('handshake', socket));
  };

  /** Makes an id no other socket has. */
  generateId(): string {
    this.#sequence += 1;
    return makeId(this.#sequence);
  }

  /**
   * Takes a token from all clients that hold it and has every worker refuse it from now on. When the promise
   * resolves all workers have; auth/README.md says what comes of it when brokers are away.
   *
   * @throws TypeError when it is no token of this cluster; ClusterError BROKER_UNREACHABLE, LIMIT_EXCEEDED.
   */
  revokeToken(signed: string): Promise<void> {
    return this.auth.revokeToken(signed);
  }

  /**
   * The same for all tokens issued until now that have these claims: `{ sub: 'bob' }`. `longestLife`, seconds:
   * theirs, if they are signed elsewhere for longer than here.
   */
  revokeTokens(claims: Claims, options?: { longestLife?: number }): Promise<void> {
    return this.auth.revokeTokens(claims, options);
  }

  // What handlers and sockets ask for

  check(signed: unknown): Checked {
    return this.auth.check(signed);
  }

  sign(payload: Record<string, unknown>, options?: TokenOptions): ReturnType<Host['sign']> {
    const signed = this.auth.sign(payload, options);
    return { signed, payload: this.auth.check(signed).payload ?? payload };
  }

  publish(socket: SCSocket, channel: string, data: unknown): Promise<void> {
    const published = this.exchange.publish(channel, data);
    // The publisher's own copy may still be with middleware.
    return this.exchange.review === undefined
      ? published
      : published.then(() => this.#publishOut.caughtUp(this.#members.subscriberOf(socket, channel)));
  }

  join(socket: SCSocket, channel: string, mayBatch: boolean): Promise<boolean> {
    return this.#members.join(socket, channel, mayBatch);
  }

  leave(socket: SCSocket, channel: string): void {
    if (this.#members.leave(socket, channel)) {
      this.notify('unsubscription', socket, channel);
    }
  }

  opened(socket: SCSocket, status: HandshakeStatus): void {
    this.pending.delete(socket.id);
    this.open.set(socket.id, socket);
    if (this.options.batchOnHandshake) {
      socket.batchFor(this.options.batchInterval, this.options.batchOnHandshakeDuration);
    }
    void socket.raise('connect', status); // nothing waits for whoever hears of it
    shielded(() => this.emit('connection', socket, status));
  }

  /**
   * Sends everyone away; nobody is left when it resolves. `tell` hears what becomes of them. What the farewell leaves
   * open is as options say.
   */
  async sendAway(given: Partial<Farewell> = {}, tell?: (departures: Departures) => void): Promise<void> {
    const farewell = { ...farewellOf(this.options, given), ...given };
    this.beGoing();
    await drain(() => [...this.open.values(), ...this.pending.values()], farewell, tell);
    this.heartbeat.stop();
  }

  /** Copies are looked at one by one only while somebody wants to see them. */
  protected override linesChanged(): void {
    const out = this.#publishOut;
    this.exchange.review = this.lines.isEmpty('publishOut')
      ? undefined
      : (subscriber, publication) =>
          out.send(subscriber, { ...publication, socket: this.#members.socketOf(subscriber) });
  }

  #closeSlow(wire: Wire): void {
    this.#counts.tooSlow += 1;
    (wire.owner as SCSocket).close('tooSlow');
  }

  #end(socket: SCSocket, code: number, reason: string): void {
    for (const channel of socket.subscriptions()) {
      this.leave(socket, channel);
    }
    this.closed(socket, code, announced(socket) ?? reason);
  }
}

/** The data an older client gave in its `#disconnect`. */
function announced(socket: SCSocket): unknown {
  const announcement = socket.leavingWith;
  return typeof announcement === 'object' && announcement !== null && 'data' in announcement
    ? announcement.data
    : undefined;
}
