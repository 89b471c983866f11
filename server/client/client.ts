/** The client as the application sees it: its state, its connection, its token and its batches. */
import type { Contract, Untyped } from '../protocol/index.ts';
import { checkCallback } from './checks/index.ts';
import { type Answered, type Clock, inform } from './connection/index.ts';
import type { AuthState, AuthStatus, Told } from './contract.ts';
import { Core } from './core.ts';
import type { ResolvedOptions } from './options.ts';
import { Speaker } from './speaker.ts';

/**
 * A client of a SocketCluster server. What is sent while there is no connection opens one and waits for its
 * handshake; what cannot be sent before that connection ends fails with BadConnectionError.
 */
export class Client<C extends Contract = Untyped> extends Speaker<C> {
  /** Resolved options. `autoReconnectOptions` may be changed while the client runs. */
  readonly options: Readonly<ResolvedOptions>;
  readonly #core: Core;
  readonly #destroyed: () => void;

  /** Made by `create` only. */
  constructor(options: ResolvedOptions, { clock, destroyed }: { clock: Clock; destroyed: () => void }) {
    const core = new Core(options, clock);
    super(core);
    this.options = options;
    this.#core = core;
    this.#destroyed = destroyed;
  }

  /** The server's name for this connection; null while there is none. */
  get id(): string | null {
    return this.#core.id;
  }

  get state(): 'closed' | 'connecting' | 'open' {
    return this.#core.connection.state;
  }

  /** Does what `state` does, for applications of SocketCluster 14. */
  getState(): 'closed' | 'connecting' | 'open' {
    return this.state;
  }

  get authState(): AuthState {
    return this.#core.auth.state;
  }

  /** Payload of the token, unchecked, or null. */
  get authToken(): unknown {
    return this.#core.auth.token;
  }

  /** Does what `authToken` does, for applications of SocketCluster 14. */
  getAuthToken(): unknown {
    return this.authToken;
  }

  get signedAuthToken(): string | null {
    return this.#core.auth.signedToken;
  }

  /** Does what `signedAuthToken` does, for applications of SocketCluster 14. */
  getSignedAuthToken(): string | null {
    return this.signedAuthToken;
  }

  // Connecting

  /**
   * Connects now, unless it is connected or connecting.
   *
   * @throws InvalidActionError once the client is destroyed, as everything that would connect it.
   */
  connect(): void {
    this.#core.connection.connect();
  }

  /** Does what `connect` does. */
  open(): void {
    this.connect();
  }

  /**
   * Ends the connection; whatever the code, the client does not come back by itself. Text reaches the server as
   * the reason, other data in a packet.
   *
   * @throws RangeError for a code that may not be sent.
   */
  disconnect(code = 1000, data?: unknown): void {
    if (code !== 1000 && !(Number.isInteger(code) && code >= 3000 && code <= 4999)) {
      throw new RangeError(`Cannot disconnect with code ${code}: wanted is 1000 or one from 3000 to 4999`);
    }
    this.#core.connection.disconnect(code, data);
  }

  /** Ends the connection and opens another. */
  reconnect(code = 1000, data?: unknown): void {
    this.disconnect(code, data);
    this.connect();
  }

  /**
   * Ends the connection for good, with every subscription, listener and loop. Whoever shares this client by
   * `multiplex` loses it too.
   */
  destroy(): void {
    this.#core.destroy();
    this.#destroyed();
  }

  // Authentication

  /** Offers a signed token to the server. Rejects when the server calls it bad. */
  authenticate(signedAuthToken: string, answered?: Answered<AuthStatus>): Promise<AuthStatus> {
    checkCallback('authenticate', answered);
    return inform(this.#core.authenticate(signedAuthToken), answered);
  }

  /** Forgets the token, here, in the store and at the server. */
  deauthenticate(told?: Told): Promise<void> {
    checkCallback('deauthenticate', told);
    return inform(this.#core.deauthenticate(), told);
  }

  // Batching

  /** Keeps what is sent from now on for one message. */
  startBatch(): void {
    this.#core.connection.batch.start();
  }

  /** Sends what was kept. */
  flushBatch(): void {
    this.#core.connection.batch.flush();
  }

  /** Forgets what was kept; calls among it time out. */
  cancelBatch(): void {
    this.#core.connection.batch.cancel();
  }

  /** Sends one message every `batchInterval`. */
  startBatching(): void {
    this.#core.connection.batch.startRegular(this.options.batchInterval);
  }

  /** Sends what was kept and goes back to one message a packet. */
  stopBatching(): void {
    this.#core.connection.batch.stopRegular();
  }

  /** Forgets what was kept and goes back to one message a packet; calls among it time out. */
  cancelBatching(): void {
    this.#core.connection.batch.drop();
    this.#core.connection.batch.stopRegular();
  }
}
