/** What a client is made of, put together: the connection, the channels, the token and the listeners. Knows no contract. */
import { dehydrate, events, type HandshakeStatus, hydrate, WireError } from '../protocol/index.ts';
import { formatUrl } from './address.ts';
import { Auth } from './auth/index.ts';
import { Channels } from './channels/index.ts';
import {
  type Answered,
  asError,
  type Clock,
  Connection,
  type ConnectionEnd,
  fieldOf,
} from './connection/index.ts';
import type { AuthStatus, LocalEvents } from './contract.ts';
import { handleEvent } from './inbound.ts';
import { callSafely, isLocalEvent, Listeners } from './listeners.ts';
import type { ResolvedOptions } from './options.ts';

/** Endings that are no error: closed normally, going away. */
const PEACEFUL_CODES = new Set([1000, 1001]);

export class Core {
  readonly connection: Connection;
  readonly channels: Channels;
  readonly auth: Auth;
  readonly listeners = new Listeners();
  /** The server's name for this connection; null while there is none. */
  id: string | null = null;
  readonly #options: ResolvedOptions;
  #hasLogged = false;

  constructor(options: ResolvedOptions, clock: Clock) {
    this.#options = options;
    this.auth = new Auth(options, this);
    this.connection = this.#makeConnection(clock);
    this.channels = this.#makeChannels();
  }

  raise<Name extends keyof LocalEvents>(event: Name, ...details: LocalEvents[Name]): void {
    this.listeners.call(event, ...details);
  }

  /** Raises `error`. Nobody listens: a client must not end its process for that, so the first is logged. */
  readonly failed = (error: unknown): void => {
    if (!this.listeners.call('error', error) && !this.#hasLogged) {
      this.#hasLogged = true;
      console.warn(
        'socketcluster client without an "error" listener; this and further errors are dropped:',
        error,
      );
    }
  };

  /** @throws TypeError for an event that only the client itself raises. */
  transmit(event: string, data: unknown): void {
    refuseLocal(event);
    this.connection.transmit(event, data);
  }

  /** @throws TypeError as `transmit`. */
  call(event: string, data: unknown, answered: Answered, timeout?: number): void {
    refuseLocal(event);
    this.connection.call(event, data, (error, result) => callSafely(answered, error, result), timeout);
  }

  /** Calls the server. Rejects with its error, TimeoutError or BadConnectionError. */
  invoke(event: string, data: unknown, timeout?: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const answered: Answered = (error, result) =>
        error === null ? resolve(result) : reject(asError(error));
      this.call(event, data, answered, timeout);
    });
  }

  async authenticate(signedToken: string): Promise<AuthStatus> {
    const status = await this.#askForAuth(signedToken);
    const authError = hydrate(fieldOf(status, 'authError') ?? null);
    if (fieldOf(status, 'isAuthenticated') !== true) {
      this.#dropToken();
      return { isAuthenticated: false, authError };
    }
    const kept = this.auth.keep(signedToken);
    this.channels.resubscribe(({ waitForAuth }) => waitForAuth === true);
    await kept;
    return { isAuthenticated: true, authError };
  }

  async deauthenticate(): Promise<void> {
    if (this.connection.state !== 'closed') {
      this.connection.transmit(events.removeAuthToken, undefined);
    }
    const removed = this.auth.remove();
    this.channels.holdBack();
    await removed;
  }

  async #askForAuth(signedToken: string): Promise<unknown> {
    try {
      return await this.invoke(events.authenticate, signedToken);
    } catch (error) {
      // No answer is no verdict.
      if (!['BadConnectionError', 'TimeoutError'].includes(String(fieldOf(error, 'name')))) {
        this.#dropToken();
      }
      throw error;
    }
  }

  #dropToken(): void {
    this.auth.drop();
    this.channels.holdBack();
  }

  #makeConnection(clock: Clock): Connection {
    return new Connection(
      this.#options,
      {
        url: () => formatUrl(this.#options, clock.now()),
        loadToken: () => this.auth.load(),
        connecting: () => this.raise('connecting'),
        opened: (status) => this.#opened(status),
        ready: (status) => this.raise('connect', status, () => this.channels.resubscribe()),
        heard: (message) => this.raise('message', message),
        raw: (message) => this.raise('raw', message),
        event: (packet, respond) =>
          handleEvent(this, packet, (error, data) => respond(dehydrate(error), data)),
        failed: this.failed,
        ended: (end) => this.#ended(end),
      },
      clock,
    );
  }

  #makeChannels(): Channels {
    const { connection, auth } = this;
    return new Channels(
      {
        get isOpen() {
          return connection.state === 'open';
        },
        get isAuthenticated() {
          return auth.state === 'authenticated';
        },
        call: (event, data, answered, timeout) => connection.call(event, data, answered, timeout),
        transmit: (event, data) => connection.transmit(event, data),
        inBatch: (work) => connection.batch.around(work),
        raise: (event, ...details) => this.raise(event, ...details),
      },
      this.#options.channelPrefix,
    );
  }

  #opened(status: HandshakeStatus): void {
    const { autoSubscribeOnConnect, batchOnHandshake, batchOnHandshakeDuration } = this.#options;
    this.id = status.id;
    if (batchOnHandshake) {
      this.connection.batch.startFor(batchOnHandshakeDuration);
    }
    this.auth.settle(status.isAuthenticated);
    if (autoSubscribeOnConnect) {
      this.channels.resubscribe();
    }
  }

  #ended({ code, data, wasOpen }: ConnectionEnd): void {
    this.id = null;
    this.channels.suspend();
    this.raise(wasOpen ? 'disconnect' : 'connectAbort', code, data);
    this.raise('close', code, data);
    if (!PEACEFUL_CODES.has(code)) {
      const reason = typeof data === 'string' ? `: ${data}` : '';
      this.failed(
        new WireError(`Socket connection closed with status code ${code}${reason}`, {
          name: 'SocketProtocolError',
          code,
        }),
      );
    }
  }
}

function refuseLocal(event: string): void {
  if (isLocalEvent(event)) {
    throw new TypeError(
      `Cannot send event "${event}": only the client itself raises it, wanted is another name`,
    );
  }
}
