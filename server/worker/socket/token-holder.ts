/** A client that may hold a token: who it is, and how a token is given and taken away. */
import { events, WireError } from '../../protocol/index.ts';
import { digestOf } from '../auth/index.ts';
import { Peer } from './peer.ts';

/** Payload of a token. */
export type Token = Record<string, unknown>;

export abstract class TokenHolder extends Peer {
  /** The verified payload, or null when unauthenticated. */
  authToken: Token | null = null;
  signedAuthToken: string | null = null;
  /** With the token it is of. */
  #digest = { of: '', is: '' };

  /** Signs a token; `expiresIn` in seconds. The payload comes back as clients will see it, times included. */
  protected abstract sign(payload: Token, expiresIn?: number): { signed: string; payload: Token };

  /** Tells whoever listens that the token changed. */
  protected abstract tokenChanged(event: 'authentication' | 'deauthentication', token: Token): void;

  /** Digest of the signed token, made when it is first asked for. */
  get tokenDigest(): string {
    const signed = this.signedAuthToken ?? '';
    if (this.#digest.of !== signed) {
      this.#digest = { of: signed, is: digestOf(signed) };
    }
    return this.#digest.is;
  }

  get authState(): 'authenticated' | 'unauthenticated' {
    return this.authToken === null ? 'unauthenticated' : 'authenticated';
  }

  /** Signs a token, keeps its payload, and has the client keep it. `expiresIn` in seconds. */
  setAuthToken(payload: Token, { expiresIn }: { expiresIn?: number } = {}): void {
    const token = this.sign(payload, expiresIn);
    this.sendEvent(events.setAuthToken, { token: token.signed });
    this.hold(token.payload, token.signed);
  }

  /** Takes the token away, from the client too. */
  deauthenticate(): void {
    this.deauthenticateSelf();
    this.sendEvent(events.removeAuthToken);
  }

  /** Forgets the token on this side only. */
  deauthenticateSelf(): void {
    const before = this.authToken;
    this.authToken = null;
    this.signedAuthToken = null;
    if (before !== null) {
      this.tokenChanged('deauthentication', before);
    }
  }

  // For the worker's own use

  /** Keeps a token that was found good. */
  hold(payload: Token, signed: string): void {
    this.authToken = payload;
    this.signedAuthToken = signed;
    this.tokenChanged('authentication', payload);
  }

  /** Takes a token away whose time is up, and returns the error that says so. */
  checkToken(): WireError | undefined {
    const expiry = this.authToken?.['exp'];
    if (typeof expiry !== 'number' || expiry * 1_000 > Date.now()) {
      return undefined;
    }
    this.deauthenticate();
    return new WireError('The socket auth token has expired', {
      name: 'AuthTokenExpiredError',
      expiry: new Date(expiry * 1_000),
    });
  }
}
