/**
 * One client on one worker. States: `connecting` until the handshake's answer, `open`, `closed`. What
 * arrives is handled in `handlers/`; this class holds the state and says what the application can do.
 */
import type { Wire } from '../../engine/index.ts';
import { encodeEvent, events, isSendableCode } from '../../protocol/index.ts';
import { type Answered, Calls } from './calls.ts';
import { type Pulse, ticks } from './heartbeat.ts';
import { type AnyListener, type Listener, Listeners } from './listeners.ts';
import type { Outbox } from './outbox.ts';
import { Peer } from './peer.ts';

/** What a socket asks of the worker that holds it. */
export interface Host {
  readonly outbox: Outbox;
  readonly heartbeat: { readonly now: number };
  readonly options: { readonly ackTimeout: number; readonly protocolVersion: 1 | 2 | 'auto' };
  /** Ends one subscription of a socket. */
  leave(socket: SCSocket, channel: string): void;
  /** Signs a token; `expiresIn` in seconds. The payload comes back as clients will see it, times included. */
  sign(
    payload: Record<string, unknown>,
    expiresIn?: number,
  ): { signed: string; payload: Record<string, unknown> };
  /** Tells the server's own listeners that a socket's token changed. */
  notify(
    event: 'authentication' | 'deauthentication',
    socket: SCSocket,
    token: Record<string, unknown>,
  ): void;
}

const NONE: ReadonlySet<string> = new Set();

export class SCSocket extends Peer implements Pulse {
  /** 20 characters of URL-safe base64, unique in the cluster. */
  readonly id: string;
  readonly remoteAddress: string;
  state: 'connecting' | 'open' | 'closed' = 'connecting';
  /** The verified payload, or null when unauthenticated. */
  authToken: Record<string, unknown> | null = null;
  signedAuthToken: string | null = null;
  lastHeard: number;

  readonly #host: Host;
  readonly #listeners = new Listeners();
  #calls: Calls | undefined;
  #channels: Set<string> | undefined;

  /** Made by the server only. */
  constructor(host: Host, wire: Wire, id: string, remoteAddress: string) {
    super(wire, host.outbox, host.options.protocolVersion);
    this.#host = host;
    this.id = id;
    this.remoteAddress = remoteAddress;
    this.lastHeard = host.heartbeat.now;
  }

  get authState(): 'authenticated' | 'unauthenticated' {
    return this.authToken === null ? 'unauthenticated' : 'authenticated';
  }

  // What the application listens to

  /** Handles the end of the connection. */
  on(event: 'disconnect', listener: (code: number, reason: unknown) => void): this;
  /** Handles an event of the client, or a local one such as `raw` (message). */
  on(event: string, listener: Listener): this;
  on(event: string, listener: AnyListener): this {
    this.#listeners.add(event, listener);
    return this;
  }

  /** Like `on`, for the next time only. */
  once(event: string, listener: Listener): this {
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
    if (answered === undefined) {
      this.sendText(encodeEvent(event, data));
      return;
    }
    const host = this.#host;
    this.#calls ??= new Calls();
    const cid = this.#calls.add(event, host.heartbeat.now + ticks(host.options.ackTimeout), answered);
    this.sendText(encodeEvent(event, data, cid));
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
          reject(error instanceof Error ? error : new Error(describe(error), { cause: error }));
        }
      });
    });
  }

  /** Ends the connection. A code of 4500 and more tells the client never to come back. */
  disconnect(code = 1000, data: unknown = ''): void {
    if (!isSendableCode(code)) {
      throw new RangeError(`Cannot disconnect with code ${code}: wanted is 1000 or one from 3000 to 4999`);
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
      this.sendText(encodeEvent(events.kickOut, { channel: name, message }));
    }
  }

  /** Signs a token, keeps its payload, and has the client keep it. `expiresIn` in seconds. */
  setAuthToken(payload: Record<string, unknown>, { expiresIn }: { expiresIn?: number } = {}): void {
    const token = this.#host.sign(payload, expiresIn);
    this.signedAuthToken = token.signed;
    this.authToken = token.payload;
    this.sendText(encodeEvent(events.setAuthToken, { token: token.signed }));
    this.#host.notify('authentication', this, token.payload);
  }

  /** Takes the token away, from the client too. */
  deauthenticate(): void {
    this.deauthenticateSelf();
    this.sendText(encodeEvent(events.removeAuthToken));
  }

  /** Forgets the token on this side only. */
  deauthenticateSelf(): void {
    const before = this.authToken;
    this.authToken = null;
    this.signedAuthToken = null;
    if (before !== null) {
      this.#host.notify('deauthentication', this, before);
    }
  }

  // For the worker's own use

  /** Calls the listeners of an event. Returns false when there is none. */
  raise(event: string, ...details: unknown[]): boolean {
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

  checkTime(tick: number): void {
    this.#calls?.expire(tick);
    this.checkToken();
  }

  /** Takes a token away whose time is up. */
  checkToken(): void {
    const expiry = this.authToken?.['exp'];
    if (typeof expiry === 'number' && expiry * 1_000 <= Date.now()) {
      this.deauthenticate();
    }
  }

  /** Notes that the wire has ended. */
  ended(code: number, reason: unknown): void {
    this.state = 'closed';
    this.#calls?.abandon();
    this.raise('disconnect', code, reason);
  }
}

function describe(error: unknown): string {
  return typeof error === 'string' ? error : JSON.stringify(error);
}
