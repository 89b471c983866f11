/** The client's token: held in memory while it counts, kept in the store between connections. */
import type { AuthState, LocalEvents } from '../contract.ts';
import { type AuthEngine, readToken } from './token-store.ts';

/** What a token's changes are told to. */
export interface AuthOwner {
  raise<Name extends 'authStateChange' | 'authenticate' | 'deauthenticate' | 'removeAuthToken'>(
    event: Name,
    ...details: LocalEvents[Name]
  ): void;
  failed(error: unknown): void;
}

export interface AuthSettings {
  authEngine: AuthEngine;
  authTokenName: string;
}

export class Auth {
  readonly #settings: AuthSettings;
  readonly #owner: AuthOwner;
  #signedToken: string | null = null;
  #token: unknown = null;
  /** What the server will speak of in its answer to the handshake. */
  #offered: string | null = null;

  constructor(settings: AuthSettings, owner: AuthOwner) {
    this.#settings = settings;
    this.#owner = owner;
  }

  get signedToken(): string | null {
    return this.#signedToken;
  }

  /** Payload of the token, unchecked, or null. */
  get token(): unknown {
    return this.#token;
  }

  get state(): AuthState {
    return this.#signedToken === null ? 'unauthenticated' : 'authenticated';
  }

  /** Returns the token to offer in a handshake. Never rejects: a store that fails has none. */
  async load(): Promise<string | null> {
    const { authEngine, authTokenName } = this.#settings;
    this.#offered = null;
    try {
      this.#offered = (await authEngine.loadToken(authTokenName)) ?? null;
    } catch (error) {
      this.#owner.failed(error);
    }
    return this.#offered;
  }

  /** Notes what the server says of the token that was offered. */
  settle(isAuthenticated: boolean): void {
    if (isAuthenticated && this.#offered !== null) {
      this.#accept(this.#offered);
    } else {
      this.drop();
    }
  }

  /** Takes a token and keeps it. Rejects with what the store throws; the token counts all the same. */
  async keep(signedToken: string): Promise<void> {
    // A server may set another token while the handshake is under way.
    this.#offered = signedToken;
    this.#accept(signedToken);
    await this.#settings.authEngine.saveToken(this.#settings.authTokenName, signedToken);
  }

  /** Forgets the token, in the store too. Rejects with what the store throws. */
  async remove(): Promise<void> {
    const [old, wasAuthenticated] = [this.#token, this.#signedToken !== null];
    this.#offered = null;
    this.drop();
    await this.#settings.authEngine.removeToken(this.#settings.authTokenName);
    if (wasAuthenticated) {
      this.#owner.raise('removeAuthToken', old);
    }
  }

  /** Forgets the token until the next handshake. */
  drop(): void {
    const old = this.#signedToken;
    this.#signedToken = null;
    this.#token = null;
    if (old !== null) {
      this.#raiseChange('authenticated');
      this.#owner.raise('deauthenticate', old);
    }
  }

  #accept(signedToken: string): void {
    const oldState = this.state;
    this.#signedToken = signedToken;
    this.#token = readToken(signedToken);
    if (oldState !== this.state) {
      this.#raiseChange(oldState);
    }
    this.#owner.raise('authenticate', signedToken);
  }

  #raiseChange(oldState: AuthState): void {
    this.#owner.raise('authStateChange', {
      oldState,
      newState: this.state,
      signedAuthToken: this.#signedToken,
      authToken: this.#token,
    });
  }
}
