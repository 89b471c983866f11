/** The client as the application sees it: one registry of listeners, and calls by callback or by promise. */
import type {
  Contract,
  EmitDetails,
  EventData,
  EventName,
  Message,
  Payload,
  PayloadAnd,
  ProcedureData,
  ProcedureName,
  ProcedureResult,
  Untyped,
} from '../protocol/index.ts';
import { Subscriber } from './channels/index.ts';
import type { Answered, Clock } from './connection/index.ts';
import type { AuthState, AuthStatus, ListenerName, ListenerOf } from './contract.ts';
import { Core } from './core.ts';
import type { ResolvedOptions } from './options.ts';

/** How one call differs from the others. */
export interface InvokeOptions {
  /** Milliseconds; default: the client's option of that name. */
  ackTimeout?: number;
}

/**
 * A client of a SocketCluster server. What is sent while there is no connection opens one and waits for its
 * handshake; what cannot be sent before that connection ends fails with BadConnectionError.
 */
export class Client<C extends Contract = Untyped> extends Subscriber<C> {
  /** Resolved options. `autoReconnectOptions` may be changed while the client runs. */
  readonly options: Readonly<ResolvedOptions>;
  readonly #core: Core;
  readonly #destroyed: () => void;

  /** Made by `create` only. */
  constructor(options: ResolvedOptions, { clock, destroyed }: { clock: Clock; destroyed: () => void }) {
    const core = new Core(options, clock);
    super(core.channels);
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

  get authState(): AuthState {
    return this.#core.auth.state;
  }

  /** Payload of the token, unchecked, or null. */
  get authToken(): unknown {
    return this.#core.auth.token;
  }

  get signedAuthToken(): string | null {
    return this.#core.auth.signedToken;
  }

  // Listening

  /** Handles an event of the server, a call of the server (answered by `respond`), or an event of the client itself. */
  on<Name extends ListenerName<C>>(event: Name, listener: ListenerOf<C, Name>): this {
    this.#core.listeners.add(event, listener);
    return this;
  }

  /** Like `on`, for the next time only. */
  once<Name extends ListenerName<C>>(event: Name, listener: ListenerOf<C, Name>): this {
    this.#core.listeners.add(event, listener, true);
    return this;
  }

  /** Removes one listener, all of an event, or all. */
  off<Name extends ListenerName<C>>(event?: Name, listener?: ListenerOf<C, Name>): this {
    this.#core.listeners.remove(event, listener);
    return this;
  }

  // Sending

  /** Sends an event. With a callback it is a call: the callback gets the answer, TimeoutError or BadConnectionError. */
  emit<Name extends EventName<C> | ProcedureName<C>>(event: Name, ...details: EmitDetails<C, Name>): void {
    const [data, answered] = details as [data?: unknown, answered?: Answered];
    if (answered === undefined) {
      this.#core.transmit(event, data);
    } else {
      this.#core.call(event, data, answered);
    }
  }

  /** Sends an event nobody answers. */
  transmit<Name extends EventName<C>>(event: Name, ...[data]: Payload<EventData<C, Name>>): void {
    this.#core.transmit(event, data);
  }

  /** Calls the server. Rejects with its error, TimeoutError or BadConnectionError. */
  invoke<Name extends ProcedureName<C>>(
    procedure: Name,
    ...[data, options]: PayloadAnd<ProcedureData<C, Name>, InvokeOptions>
  ): Promise<ProcedureResult<C, Name>> {
    return this.#core.invoke(procedure, data, options?.ackTimeout) as Promise<ProcedureResult<C, Name>>;
  }

  /** Sends a message as it is; the server raises `raw`. Without a connection it is lost. */
  send(message: Message): void {
    this.#core.connection.sendMessage(message);
  }

  // Connecting

  /** Connects now, unless it is connected or connecting. */
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

  /** Ends the connection and forgets every listener; a client that shares this connection loses it too. */
  destroy(): void {
    this.disconnect();
    this.#core.listeners.remove();
    this.#destroyed();
  }

  // Authentication

  /** Offers a signed token to the server. Rejects when the server calls it bad. */
  authenticate(signedAuthToken: string): Promise<AuthStatus> {
    return this.#core.authenticate(signedAuthToken);
  }

  /** Forgets the token, here, in the store and at the server. */
  deauthenticate(): Promise<void> {
    return this.#core.deauthenticate();
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
