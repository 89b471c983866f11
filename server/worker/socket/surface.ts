/**
 * What of a socket needs no worker: its listeners, where it comes from, and the names that its parts had in
 * other versions.
 */
import { isIP } from 'node:net';
import type { Wire } from '../../engine/index.ts';
import { asError } from '../../errors/index.ts';
import { forwardedForIn } from '../address/index.ts';
import { type Origin, readOrigin, type SocketRequest } from '../origin/index.ts';
import { type AnyListener, type Listener, Listeners, wantListener } from './listeners.ts';
import type { Peer } from './peer.ts';
import { TokenHolder } from './token-holder.ts';

/** Where a socket comes from. */
export interface From {
  address: string;
  /** Undefined where a balancer ends TLS. */
  port?: number | undefined;
  origin?: Origin | undefined;
}

/** What a socket without a request is asked about. */
const NO_ORIGIN = '["/",{}]';

export abstract class Surface extends TokenHolder {
  readonly remoteAddress: string;
  readonly remotePort: number | undefined;
  readonly #listeners = new Listeners();
  #origin: Origin;

  constructor(
    wire: Wire,
    parts: ConstructorParameters<typeof Peer>[1],
    { protocolVersion, from }: { protocolVersion: 1 | 2 | 'auto'; from: From },
  ) {
    super(wire, parts, protocolVersion);
    this.remoteAddress = from.address;
    this.remotePort = from.port;
    this.#origin = from.origin ?? NO_ORIGIN;
  }

  abstract state: 'connecting' | 'open' | 'closed';

  /** Ends the connection. */
  abstract disconnect(code?: number, data?: unknown): void;

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

  /** The same as `off`. */
  removeListener(event: string, listener?: AnyListener): this {
    return this.off(event, listener);
  }

  // What the application sends

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

  // Where it comes from

  /** The request it began with, as far as it is kept. What is added to it stays. */
  get request(): SocketRequest {
    this.#origin = readOrigin(this.#origin);
    return this.#origin;
  }

  get remoteFamily(): 'IPv4' | 'IPv6' | undefined {
    const version = isIP(this.remoteAddress);
    return version === 0 ? undefined : `IPv${version as 4 | 6}`;
  }

  /** The client as the first proxy on the way has it. Anybody can claim this. */
  get forwardedForAddress(): string | undefined {
    return forwardedForIn(readOrigin(this.#origin).headers);
  }

  /** `remoteAddress` by its name of 0.9. */
  get address(): string {
    return this.remoteAddress;
  }

  /** The `Cookie` header it came with. */
  get cookie(): string | undefined {
    return readOrigin(this.#origin).headers.cookie;
  }

  // Names of version 14

  get CONNECTING(): 'connecting' {
    return 'connecting';
  }

  get OPEN(): 'open' {
    return 'open';
  }

  get CLOSED(): 'closed' {
    return 'closed';
  }

  get AUTHENTICATED(): 'authenticated' {
    return 'authenticated';
  }

  get UNAUTHENTICATED(): 'unauthenticated' {
    return 'unauthenticated';
  }

  /** The same as `state`. */
  getState(): 'connecting' | 'open' | 'closed' {
    return this.state;
  }

  /** The same as `disconnect`. */
  destroy(code?: number, data?: unknown): void {
    this.disconnect(code, data);
  }

  // For the worker's own use

  /** Calls the listeners of an event. Returns false when there is none, a promise when one takes time. */
  override raise(event: string, ...details: unknown[]): boolean | Promise<void> {
    return this.#listeners.call(event, ...details);
  }

  /** Whether anybody listens to an event. */
  hears(event: string): boolean {
    return this.#listeners.has(event);
  }
}
