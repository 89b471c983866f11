/** Signs and checks tokens. Keys become KeyObjects once: text as a key costs forty times more per check. */
import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { WireError } from '../protocol/index.ts';

export interface AuthOptions {
  authKey?: string | undefined;
  authPrivateKey?: string | undefined;
  authPublicKey?: string | undefined;
  authAlgorithm?: jwt.Algorithm | undefined;
  /** Seconds. */
  authDefaultExpiry: number;
}

/** What a token is worth: its payload, or why not. A bad token is one the client should throw away. */
export type Checked =
  | { payload: Record<string, unknown>; error?: undefined }
  | { payload?: undefined; error: unknown; isBadToken: boolean };

export class Auth {
  readonly #signKey: KeyObject;
  readonly #checkKey: KeyObject;
  readonly #algorithm: jwt.Algorithm;
  readonly #expiry: number;

  /** @throws Error when a key is none. */
  constructor(options: AuthOptions) {
    const { authKey, authPrivateKey, authPublicKey, authAlgorithm, authDefaultExpiry } = options;
    this.#expiry = authDefaultExpiry;
    if (authPrivateKey !== undefined && authPublicKey !== undefined) {
      this.#signKey = createPrivateKey(authPrivateKey);
      this.#checkKey = createPublicKey(authPublicKey);
      this.#algorithm = authAlgorithm ?? 'RS256';
      return;
    }
    this.#signKey = createSecretKey(Buffer.from(authKey ?? ''));
    this.#checkKey = this.#signKey;
    this.#algorithm = authAlgorithm ?? 'HS256';
  }

  /**
   * Signs a payload. `expiresIn` in seconds; an `exp` in the payload wins over it and over the default.
   *
   * @throws Error when the payload is not an object.
   */
  sign(payload: Record<string, unknown>, expiresIn: number = this.#expiry): string {
    const expiry = payload['exp'] === undefined ? { expiresIn } : {};
    return jwt.sign({ ...payload }, this.#signKey, { algorithm: this.#algorithm, ...expiry });
  }

  /** Checks a token. Anything may come in. */
  check(signed: unknown): Checked {
    if (typeof signed !== 'string' || signed === '') {
      return bad(new WireError('jwt must be provided', { name: 'AuthTokenInvalidError' }));
    }
    try {
      const payload = jwt.verify(signed, this.#checkKey, { algorithms: [this.#algorithm] });
      return typeof payload === 'string'
        ? bad(new WireError('invalid token', { name: 'AuthTokenInvalidError' }))
        : { payload };
    } catch (error) {
      return refusal(error);
    }
  }
}

function refusal(error: unknown): Checked {
  if (error instanceof jwt.TokenExpiredError) {
    return bad(new WireError(error.message, { name: 'AuthTokenExpiredError', expiry: error.expiredAt }));
  }
  if (error instanceof jwt.NotBeforeError) {
    const early = new WireError(error.message, {
      name: 'AuthTokenNotBeforeError',
      date: error.date,
      isBadToken: false,
    });
    return { error: early, isBadToken: false };
  }
  return bad(
    new WireError(error instanceof Error ? error.message : 'invalid token', {
      name: 'AuthTokenInvalidError',
    }),
  );
}

function bad(error: WireError): Checked {
  return { error: Object.assign(error, { isBadToken: true }), isBadToken: true };
}
