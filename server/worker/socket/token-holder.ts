/** A client that may hold a token: who it is, and how a token is given and taken away. */
import { asError } from '../../errors/index.ts';
import { events, WireError } from '../../protocol/index.ts';
import { digestOf, type TokenOptions } from '../auth/index.ts';
import { type Callback, settle } from '../session/index.ts';
import type { Answered } from './calls.ts';
import { Peer } from './peer.ts';

/** Payload of a token. */
export type Token = Record<string, unknown>;

/** A socket that has become authenticated, or is no longer. */
export interface AuthStateChange {
  oldState: AuthState;
  newState: AuthState;
  /** The payload of the token, when there is one now. */
  authToken?: Token;
}

type AuthState = 'authenticated' | 'unauthenticated';

/** Whether to wait for the client's word that it took note; older clients of other languages never give it. */
interface Delivery {
  rejectOnFailedDelivery?: boolean;
}

/** Of a client without a token: one for all of them. */
const NO_DIGEST = { of: '', is: '' };

export abstract class TokenHolder extends Peer {
  /** The verified payload, or null when unauthenticated. */
  authToken: Token | null = null;
  signedAuthToken: string | null = null;
  /** With the token it is of. */
  #digest = NO_DIGEST;

  /** Signs a token. The payload comes back as clients will see it, times included. */
  protected abstract sign(payload: Token, options: TokenOptions): { signed: string; payload: Token };

  /** Tells whoever listens that the token changed. */
  protected abstract tokenChanged(event: 'authentication' | 'deauthentication', token: Token): void;
  protected abstract authStateChanged(change: AuthStateChange): void;

  /** Calls listeners of the socket itself. */
  abstract raise(event: string, ...details: unknown[]): unknown;

  /** Calls the client. */
  abstract emit(event: string, data?: unknown, answered?: Answered): void;

  /** Digest of the signed token, made when it is first asked for. */
  get tokenDigest(): string {
    const signed = this.signedAuthToken ?? '';
    if (this.#digest.of !== signed) {
      this.#digest = { of: signed, is: digestOf(signed) };
    }
    return this.#digest.is;
  }

  get authState(): AuthState {
    return this.authToken === null ? 'unauthenticated' : 'authenticated';
  }

  /** The same as `authToken`. */
  getAuthToken(): Token | null {
    return this.authToken;
  }

  /**
   * Signs a token, keeps its payload, and has the client keep it. With a callback, or `rejectOnFailedDelivery`,
   * the client is asked to confirm that; otherwise the promise waits for nothing. It rejects with
   * BadConnectionError when the socket has ended; who does not wait does not mind.
   *
   * @throws TypeError when the payload is no plain object; TypeError, RangeError or Error for options that make
   * no token.
   */
  setAuthToken(
    payload: Token,
    ...rest: [options?: TokenOptions & Delivery, callback?: Callback<void>] | [callback: Callback<void>]
  ): Promise<void> {
    const [{ rejectOnFailedDelivery = false, ...options }, callback] = optionsAnd(rest);
    const token = this.sign(payload, options);
    if (!this.isReachable) {
      const error = new WireError('Cannot give the client a token: the socket has ended', {
        name: 'BadConnectionError',
        type: 'disconnect',
      });
      return settle(Promise.reject(error), callback);
    }
    const isAwaited = rejectOnFailedDelivery || callback !== undefined;
    const delivered = this.#tell(events.setAuthToken, { token: token.signed }, isAwaited);
    this.hold(token.payload, token.signed);
    void this.raise('authTokenSigned', token.signed);
    return settle(delivered, callback);
  }

  /** Takes the token away, from the client too. Callback and promise are those of `setAuthToken`. */
  deauthenticate(
    ...rest: [options?: Delivery, callback?: Callback<void>] | [callback: Callback<void>]
  ): Promise<void> {
    const [{ rejectOnFailedDelivery = false }, callback] = optionsAnd(rest);
    this.deauthenticateSelf();
    const isAwaited = rejectOnFailedDelivery || callback !== undefined;
    return settle(this.#tell(events.removeAuthToken, undefined, isAwaited), callback);
  }

  /** Forgets the token on this side only. */
  deauthenticateSelf(): void {
    const before = this.authToken;
    this.authToken = null;
    this.signedAuthToken = null;
    if (before !== null) {
      this.authStateChanged({ oldState: 'authenticated', newState: 'unauthenticated' });
      this.tokenChanged('deauthentication', before);
    }
  }

  // For the worker's own use

  /** Keeps a token that was found good. */
  hold(payload: Token, signed: string): void {
    const oldState = this.authState;
    this.authToken = payload;
    this.signedAuthToken = signed;
    if (oldState === 'unauthenticated') {
      this.authStateChanged({ oldState, newState: 'authenticated', authToken: payload });
    }
    this.tokenChanged('authentication', payload);
  }

  /** Takes a token away whose time is up, and returns the error that says so. */
  checkToken(): WireError | undefined {
    const expiry = this.authToken?.['exp'];
    if (typeof expiry !== 'number' || expiry * 1_000 > Date.now()) {
      return undefined;
    }
    void this.deauthenticate(); // nothing waits for a client that may have gone
    return new WireError('The socket auth token has expired', {
      name: 'AuthTokenExpiredError',
      expiry: new Date(expiry * 1_000),
    });
  }

  #tell(event: string, data: unknown, isAwaited: boolean): Promise<void> {
    if (!isAwaited) {
      this.sendEvent(event, data);
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      this.emit(event, data, (error) => {
        if (error === null || error === undefined) {
          resolve();
        } else {
          reject(asError(error));
        }
      });
    });
  }
}

/** Options and a callback, of which either may be left out. */
function optionsAnd<Options extends object>(
  rest: [options?: Options, callback?: Callback<void>] | [callback: Callback<void>],
): [options: Partial<Options>, callback: Callback<void> | undefined] {
  const [first, second] = rest;
  return typeof first === 'function' ? [{}, first] : [first ?? {}, second];
}
