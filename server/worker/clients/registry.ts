/** Who is here: the clients, those whose handshake is still to come, and who is told of what becomes of them. */
import type { EventEmitter } from 'node:events';
import { shielded } from '../../errors/index.ts';
import type { ServerOptions } from '../../options/index.ts';
import { MiddlewareGate } from '../middleware/index.ts';
import type { ServerEvents, SocketNews } from '../server-events.ts';
import type { SCSocket } from '../socket/index.ts';
import { tableOf } from './socket-table.ts';

/** What a socket raises itself when the server does. */
const ownEvents = {
  authentication: 'authenticate',
  authenticationStateChange: 'authStateChange',
  badSocketAuthToken: 'badAuthToken',
  deauthentication: 'deauthenticate',
  subscription: 'subscribe',
  unsubscription: 'unsubscribe',
} as const satisfies Record<keyof SocketNews, string>;

export abstract class Registry extends MiddlewareGate<ServerEvents> {
  readonly options: ServerOptions;
  protected readonly open = new Map<string, SCSocket>();
  protected readonly pending = new Map<string, SCSocket>();
  /** Open sockets by id. */
  readonly clients = tableOf(this.open);
  /** Sockets by id that have not done their handshake. */
  readonly pendingClients = tableOf(this.pending);
  #isReady = false;
  #isGoing = false;

  constructor(options: ServerOptions) {
    super({
      deadlineMs: options.middlewareTimeout,
      warn: (warning) => this.#warn(warning),
    });
    this.options = options;
  }

  /** Whether clients can come. */
  get isReady(): boolean {
    return this.#isReady && !this.#isGoing;
  }

  /** Sockets that have done their handshake. */
  get clientsCount(): number {
    return this.open.size;
  }

  /** Sockets that have not. */
  get pendingClientsCount(): number {
    return this.pending.size;
  }

  /** Sockets of any state. */
  get connections(): number {
    return this.open.size + this.pending.size;
  }

  /** Path of the WebSocket. */
  getPath(): string {
    return this.options.path;
  }

  /** Whether the time of a token's payload is up. */
  isAuthTokenExpired(token: Record<string, unknown> | null): boolean {
    const expiry = token?.['exp'];
    return typeof expiry === 'number' && expiry * 1_000 < Date.now();
  }

  /** Raises an error, which ends nothing: where nobody listens it is a warning of the process. */
  emitError(error: Error): void {
    if (this.listenerCount('error') > 0) {
      this.emit('error', error);
    } else {
      process.emitWarning(error);
    }
  }

  /** Tells of something that went wrong and ended nothing. */
  emitWarning(warning: Error): void {
    this.emit('warning', warning);
  }

  // For the worker's own use

  /** Says that clients can come, once. */
  beReady(): void {
    if (!this.#isReady) {
      this.#isReady = true;
      shielded(() => this.emit('ready'));
    }
  }

  /** Says that clients can come no more. */
  protected beGoing(): void {
    this.#isGoing = true;
  }

  /** Tells what has become of a socket: its own listeners first. */
  notify<Name extends keyof SocketNews>(event: Name, socket: SCSocket, ...details: SocketNews[Name]): void {
    void socket.raise(ownEvents[event], ...details); // nothing waits for whoever hears of it
    shielded(() => (this as unknown as EventEmitter).emit(event, socket, ...details));
  }

  /** Takes note of a socket's end. */
  protected closed(socket: SCSocket, code: number, reason: unknown): void {
    const wasOpen = this.open.delete(socket.id);
    this.pending.delete(socket.id);
    socket.ended(code, reason);
    shielded(() => this.emit(wasOpen ? 'disconnection' : 'connectionAbort', socket, code, reason));
    shielded(() => this.emit('closure', socket, code, reason));
  }

  #warn(warning: Error): void {
    if (this.options.middlewareEmitWarnings) {
      shielded(() => this.emit('warning', warning));
    }
  }
}
