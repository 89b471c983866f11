/**
 * One client on one worker. States: `connecting` until the handshake's answer, `open`, `closed`. What
 * arrives is handled in `handlers/`; this class holds the state and says what the application can do.
 */
import type { Wire } from '../../engine/index.ts';
import { wantText } from '../../errors/index.ts';
import type { ServerOptions } from '../../options/index.ts';
import { closeCodes, events, isSendableCode, WireError } from '../../protocol/index.ts';
import type { TokenOptions } from '../auth/index.ts';
import type { Codec } from '../codec/index.ts';
import type { Exchange } from '../exchange.ts';
import { type Heartbeat, type Pulse, ticks } from '../heartbeat/index.ts';
import {
  type Callback,
  type Global,
  type Session,
  type Sessions,
  settle,
  type Visitor,
} from '../session/index.ts';
import { type Answered, Calls } from './calls.ts';
import type { Outbox } from './outbox.ts';
import { Surface } from './surface.ts';
import type { AuthStateChange, Token } from './token-holder.ts';

/** What a socket asks of the worker that holds it. */
export interface Host {
  readonly outbox: Outbox;
  readonly codec: Codec;
  readonly sessions: Sessions<SCSocket>;
  readonly global: Global;
  readonly exchange: Exchange;
  readonly heartbeat: Pick<Heartbeat, 'now' | 'remind'>;
  readonly options: Pick<ServerOptions, 'ackTimeout' | 'batchInterval' | 'protocolVersion'>;
  /** Ends one subscription of a socket and tells the server's own listeners. */
  leave(socket: SCSocket, channel: string): void;
  /** Signs a token. The payload comes back as clients will see it, times included. */
  sign(payload: Token, options: TokenOptions): { signed: string; payload: Token };
  /** Tells the server's own listeners that a socket's token changed. */
  notify(event: 'authentication' | 'deauthentication', socket: SCSocket, token: Token): void;
  notify(event: 'authenticationStateChange', socket: SCSocket, change: AuthStateChange): void;
}

const NONE: ReadonlySet<string> = new Set();

export class SCSocket extends Surface implements Pulse {
  /** 20 characters of URL-safe base64, unique in the cluster. */
  readonly id: string;
  override state: 'connecting' | 'open' | 'closed' = 'connecting';
  lastHeard: number;

  readonly #host: Host;
  #calls: Calls | undefined;
  #sessionId: string | undefined;
  #channels: Set<string> | undefined;

  /** Made by the server only. */
  constructor(host: Host, wire: Wire, id: string, remoteAddress: string, visitor?: Visitor) {
    super(wire, host, {
      protocolVersion: host.options.protocolVersion,
      from: { ...visitor?.from?.(), address: remoteAddress },
    });
    this.#host = host;
    this.id = id;
    this.lastHeard = host.heartbeat.now;
    if (visitor !== undefined) {
      this.#sessionId = visitor.id;
      host.sessions.enter(this, visitor.id, visitor.isReturning);
    }
  }

  /** What this socket shares with the others of its browser; one of its own when it came with no request. */
  get session(): Session<SCSocket> {
    return this.#host.sessions.use(this.ssid);
  }

  /** Id of the session. */
  get ssid(): string {
    const { sessions } = this.#host;
    if (this.#sessionId === undefined) {
      this.#sessionId = sessions.makeId();
      sessions.enter(this, this.#sessionId, false);
    }
    return this.#sessionId;
  }

  /** What the whole cluster shares; the same as that of the server. */
  get global(): Global {
    return this.#host.global;
  }

  /** The channels of the whole cluster; the same as that of the server. */
  get exchange(): Exchange {
    return this.#host.exchange;
  }

  // What the application sends

  /** Sends an event. With a callback it is a call: the callback gets the response or a TimeoutError. */
  override emit(event: string, data?: unknown, answered?: Answered): void {
    wantText('send an event without a name', event);
    if (answered === undefined) {
      this.sendEvent(event, data);
      return;
    }
    if (this.state === 'closed') {
      const error = new WireError(`Event "${event}" was not sent: the socket has ended`, {
        name: 'BadConnectionError',
        type: 'disconnect',
      });
      queueMicrotask(() => answered(error));
      return;
    }
    const { heartbeat, options } = this.#host;
    const wait = ticks(options.ackTimeout);
    this.#calls ??= new Calls();
    if (!this.#calls.isVisited) {
      this.#calls.isVisited = true;
      heartbeat.remind(this, wait);
    }
    const cid = this.#calls.add(event, heartbeat.now + wait, answered);
    try {
      this.sendEvent(event, data, cid);
    } catch (error) {
      this.#calls.drop(cid); // the caller knows already
      throw error;
    }
  }

  /** Sends an array of what comes within each `batchInterval`; only for clients that take arrays. */
  startBatching(): void {
    this.batchEvery(this.#host.options.batchInterval);
  }

  /** Ends the connection. A code of 4500 and more tells the client never to come back. */
  override disconnect(code = 1000, data: unknown = ''): void {
    if (!isSendableCode(code)) {
      throw new RangeError(
        `Cannot disconnect with code ${code}: wanted is one from 1000 to 1014 but 1004 to 1006, or from 3000 to 4999`,
      );
    }
    this.closeWith(code, data);
  }

  /** Names of the channels the client is subscribed to. */
  subscriptions(): string[] {
    return [...this.channels];
  }

  isSubscribed(channel: string): boolean {
    return this.channels.has(channel);
  }

  /** Ends the client's subscription to one channel, to several, or to all. One that does not exist is no error. */
  kickOut(channel?: string | readonly string[], message?: string, callback?: Callback<void>): void {
    const channels = channel === undefined ? this.subscriptions() : [channel].flat();
    for (const name of channels.filter((candidate) => this.isSubscribed(candidate))) {
      this.#host.leave(this, name);
      this.sendEvent(events.kickOut, { channel: name, message });
    }
    void settle(Promise.resolve(), callback);
  }

  // For the worker's own use

  /** The channels as the handlers see them. */
  get channels(): ReadonlySet<string> {
    return this.#channels ?? NONE;
  }

  addChannel(channel: string): void {
    this.#channels ??= new Set();
    this.#channels.add(channel);
  }

  removeChannel(channel: string): void {
    this.#channels?.delete(channel);
  }

  /** Hands the client's response to the call it answers. */
  settle(rid: unknown, error: unknown, data: unknown): void {
    this.#calls?.settle(rid, error, data);
  }

  /** Gives up calls whose time is over. Returns ticks until the next one's is, or 0 when none waits. */
  checkCalls(tick: number): number {
    if (this.#calls === undefined) {
      return 0;
    }
    const next = this.#calls.expire(tick);
    this.#calls.isVisited = next !== undefined;
    return next === undefined ? 0 : next - tick;
  }

  /** Notes that the wire has ended. */
  ended(code: number, reason: unknown): void {
    const event = this.state === 'open' ? 'disconnect' : 'connectAbort';
    this.state = 'closed';
    this.cancelBatching();
    this.clearInbox();
    this.#calls?.abandon();
    void this.raise(event, code, reason); // nothing waits for whoever hears of the end
    void this.raise('close', code, reason);
    if (code !== closeCodes.normal.code && code !== closeCodes.goingAway.code) {
      void this.raise('error', endOf(code, reason));
    }
    if (this.#sessionId !== undefined) {
      this.#host.sessions.leave(this, this.#sessionId);
    }
  }

  protected override sign(payload: Token, options: TokenOptions): ReturnType<Host['sign']> {
    return this.#host.sign(payload, options);
  }

  protected override tokenChanged(event: 'authentication' | 'deauthentication', token: Token): void {
    this.#host.notify(event, this, token);
  }

  protected override authStateChanged(change: AuthStateChange): void {
    this.#host.notify('authenticationStateChange', this, change);
  }
}

/** What a connection that has not ended well is told of with. */
function endOf(code: number, reason: unknown): WireError {
  const why = typeof reason === 'string' && reason !== '' ? `: ${reason}` : '';
  return new WireError(`The connection ended with code ${code}${why}`, { name: 'SocketProtocolError', code });
}
