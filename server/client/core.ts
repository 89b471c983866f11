/** What a client is made of, put together: the connection, the channels, the token and the listeners. Knows no contract. */
import {
  dehydrate,
  describeEnding,
  events,
  type HandshakeStatus,
  hydrate,
  WireError,
} from '../protocol/index.ts';
import { formatUrl } from './address.ts';
import { Auth } from './auth/index.ts';
import { Channels } from './channels/index.ts';
import { checkData, checkText } from './checks/index.ts';
import {
  type Answered,
  asError,
  type Clock,
  Connection,
  type ConnectionEnd,
  fieldOf,
} from './connection/index.ts';
import type { AuthStatus, LocalEvents } from './contract.ts';
import { callSafely, detailsOf, EventStreams, isLocalEvent, Listeners } from './events/index.ts';
import { handleEvent } from './inbound.ts';
import type { ResolvedOptions } from './options.ts';

const NORMAL = 1000;

/** Endings that are no error: closed normally, going away. */
const PEACEFUL_CODES = new Set([1000, 1001]);

export class Core {
  readonly connection: Connection;
  readonly channels: Channels;
  readonly auth: Auth;
  readonly listeners = new Listeners();
  readonly streams = new EventStreams();
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
    this.#tell(event, details);
  }

  /** Ends the connection for good, and all that waits for something of it. */
  destroy(): void {
    this.connection.disconnect(NORMAL);
    this.channels.end();
    this.streams.end();
    this.listeners.remove();
    // Last: a listener that was told of the end may have connected again.
    this.connection.destroy();
  }

  /** Raises `error`. Nobody listens: a client must not end its process for that, so the first is logged. */
  readonly failed = (error: unknown): void => {
    if (!this.#tell('error', [error]) && !this.#hasLogged) {
      this.#hasLogged = true;
      console.warn(
        'socketcluster client without an "error" listener; this and further errors are dropped:',
        error,
      );
    }
  };

  /** @throws TypeError for what is no event, and for an event that only the client itself raises. */
  transmit(event: string, data: unknown): void {
    checkEvent(event, data);
    this.connection.transmit(event, data);
  }

  /** @throws TypeError as `transmit`. */
  call(event: string, data: unknown, answered: Answered, timeout?: number): void {
    checkEvent(event, data);
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
    checkText('offer token', signedToken);
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

  /** Returns false when nobody heard. */
  #tell<Name extends keyof LocalEvents>(event: Name, details: LocalEvents[Name]): boolean {
    const isCalled = this.listeners.call(event, ...details);
    const isRead = this.streams.push('listener', event, () => detailsOf(event, details));
    return isCalled || isRead;
  }

  /** Clients of 0.9 read a channel with `on`. No channel can fake what the client itself raises. */
  #published(channel: string, data: unknown): void {
    if (!isLocalEvent(channel)) {
      this.listeners.call(channel, data, () => undefined);
    }
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
        raise: (event: keyof LocalEvents, ...details: LocalEvents[typeof event]) =>
          this.raise(event, ...details),
        published: (channel, data) => this.#published(channel, data),
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
      this.failed(
        new WireError(`Socket connection closed with ${describeEnding(code, data)}`, {
          name: 'SocketProtocolError',
          code,
        }),
      );
    }
  }
}

function checkEvent(event: string, data: unknown): void {
  checkText('send event', event);
  checkData(`send event "${event}"`, data);
  if (isLocalEvent(event)) {
    throw new TypeError(
      `Cannot send event "${event}": only the client itself raises it, wanted is another name`,
    );
  }
}
