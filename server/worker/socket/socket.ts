/**
 * One client on one worker. States: `connecting` until the handshake's answer, `open`, `closed`. What
 * arrives is handled in `handlers/`; this class holds the state and says what the application can do.
 */
import type { Wire } from '../../engine/index.ts';
import { asError, wantText } from '../../errors/index.ts';
import type { Options } from '../../options/index.ts';
import { events, isSendableCode, WireError } from '../../protocol/index.ts';
import type { Codec } from '../codec/index.ts';
import { type Heartbeat, type Pulse, ticks } from '../heartbeat/index.ts';
import type { Global, Session, Sessions, Visitor } from '../session/index.ts';
import { type Answered, Calls } from './calls.ts';
import { type AnyListener, type Listener, Listeners, wantListener } from './listeners.ts';
import type { Outbox } from './outbox.ts';
import { type Token, TokenHolder } from './token-holder.ts';

/** What a socket asks of the worker that holds it. */
export interface Host {
  readonly outbox: Outbox;
  readonly codec: Codec;
  readonly sessions: Sessions<SCSocket>;
  readonly global: Global;
  readonly heartbeat: Pick<Heartbeat, 'now' | 'remind'>;
  readonly options: Pick<Options, 'ackTimeout' | 'batchInterval' | 'protocolVersion'>;
  /** Ends one subscription of a socket and tells the server's own listeners. */
  leave(socket: SCSocket, channel: string): void;
  /** Signs a token; `expiresIn` in seconds. The payload comes back as clients will see it, times included. */
  sign(payload: Token, expiresIn?: number): { signed: string; payload: Token };
  /** Tells the server's own listeners that a socket's token changed. */
  notify(event: 'authentication' | 'deauthentication', socket: SCSocket, token: Token): void;
}

const NONE: ReadonlySet<string> = new Set();

export class SCSocket extends TokenHolder implements Pulse {
  /** 20 characters of URL-safe base64, unique in the cluster. */
  readonly id: string;
  readonly remoteAddress: string;
  state: 'connecting' | 'open' | 'closed' = 'connecting';
  lastHeard: number;

  readonly #host: Host;
  readonly #listeners = new Listeners();
  #calls: Calls | undefined;
  #sessionId: string | undefined;
  #channels: Set<string> | undefined;

  /** Made by the server only. */
  constructor(host: Host, wire: Wire, id: string, remoteAddress: string, visitor?: Visitor) {
    super(wire, host, host.options.protocolVersion);
    this.#host = host;
    this.id = id;
    this.remoteAddress = remoteAddress;
    this.lastHeard = host.heartbeat.now;
    if (visitor !== undefined) {
      this.#sessionId = visitor.id;
      host.sessions.enter(this, visitor.id, visitor.isReturning);
    }
  }

  /** What this socket shares with the others of its browser; one of its own when it came with no request. */
  get session(): Session<SCSocket> {
    const { sessions } = this.#host;
    if (this.#sessionId === undefined) {
      this.#sessionId = sessions.makeId();
      sessions.enter(this, this.#sessionId, false);
    }
    return sessions.use(this.#sessionId);
  }

  /** What the whole cluster shares; the same as that of the server. */
  get global(): Global {
    return this.#host.global;
  }

  // What the application listens to

  /** Handles the end of the connection. */
  on(event: 'disconnect', listener: (code: number, reason: unknown) => unknown): this;
  /** Handles an event of the client, or a local one such as `raw` (message). */
  on(event: string, listener: Listener): this;
  on(event: string, listener: AnyListener): this {
    wantListener(event, listener);
    this.#listeners.add(event, listener);
    return this;
  }

  /** Like `on`, for the next time only. */
  once(event: string, listener: Listener): this {
    wantListener(event, listener);
    this.#listeners.add(event, listener, true);
    return this;
  }

  /** Removes one listener of an event, or all of them. */
  off(event: string, listener?: AnyListener): this {
    this.#listeners.remove(event, listener);
    return this;
  }

  // What the application sends

  /** Sends an event. With a callback it is a call: the callback gets the response or a TimeoutError. */
  emit(event: string, data?: unknown, answered?: Answered): void {
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

  /** Sends an event nobody answers. */
  transmit(event: string, data?: unknown): void {
    this.emit(event, data);
  }

  /** Calls the client. Rejects with its error, with TimeoutError, or with BadConnectionError. */
  invoke(event: string, data?: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.emit(event, data, (error, result) => {
        if (error === null || error === undefined) {
          resolve(result);
        } else {
          reject(asError(error));
        }
      });
    });
  }

  /** Sends an array of what comes within each `batchInterval`; only for clients that take arrays. */
  startBatching(): void {
    this.batchEvery(this.#host.options.batchInterval);
  }

  /** Ends the connection. A code of 4500 and more tells the client never to come back. */
  disconnect(code = 1000, data: unknown = ''): void {
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

  /** Ends the client's subscription to one channel, or to all. One that does not exist is no error. */
  kickOut(channel?: string, message?: string): void {
    const channels = channel === undefined ? this.subscriptions() : [channel];
    for (const name of channels.filter((candidate) => this.isSubscribed(candidate))) {
      this.#host.leave(this, name);
      this.sendEvent(events.kickOut, { channel: name, message });
    }
  }

  // For the worker's own use

  /** Calls the listeners of an event. Returns false when there is none, a promise when one takes time. */
  raise(event: string, ...details: unknown[]): boolean | Promise<void> {
    return this.#listeners.call(event, ...details);
  }

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
    this.state = 'closed';
    this.cancelBatching();
    this.clearInbox();
    this.#calls?.abandon();
    void this.raise('disconnect', code, reason); // nothing waits for whoever hears of the end
    if (this.#sessionId !== undefined) {
      this.#host.sessions.leave(this, this.#sessionId);
    }
  }

  protected override sign(payload: Token, expiresIn?: number): { signed: string; payload: Token } {
    return this.#host.sign(payload, expiresIn);
  }

  protected override tokenChanged(event: 'authentication' | 'deauthentication', token: Token): void {
    this.#host.notify(event, this, token);
  }
}
