/** Signs tokens and checks signatures. Keys become KeyObjects once: text as a key costs forty times more per check. */
import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { inspect } from 'node:util';
import jwt from 'jsonwebtoken';
import { WireError } from '../../protocol/index.ts';

/** What is signed: claims by name. */
export type Payload = Record<string, unknown>;

/** What a token may say of itself besides its payload. `expiresIn`: seconds, or a text such as `2h`. */
export type TokenOptions = Pick<
  jwt.SignOptions,
  | 'algorithm'
  | 'audience'
  | 'expiresIn'
  | 'issuer'
  | 'jwtid'
  | 'keyid'
  | 'noTimestamp'
  | 'notBefore'
  | 'subject'
>;

export interface SignerOptions {
  authKey?: string | undefined;
  authPrivateKey?: string | undefined;
  authPublicKey?: string | undefined;
  authAlgorithm?: jwt.Algorithm | undefined;
  /** Default: the algorithm that signs. */
  authVerifyAlgorithms?: jwt.Algorithm[] | undefined;
  /** Seconds. */
  authDefaultExpiry: number;
}

/** What a token is worth: its payload, or why not. A bad token is one the client should throw away. */
export type Checked =
  | { payload: Payload; error?: undefined }
  | { payload?: undefined; error: unknown; isBadToken: boolean };

export class Signer {
  readonly #signKey: KeyObject;
  readonly #checkKey: KeyObject;
  readonly #algorithm: jwt.Algorithm;
  readonly #accepted: jwt.Algorithm[];
  readonly #expiry: number;

  /** @throws Error when a key is none, or when there is none. */
  constructor(options: SignerOptions) {
    const { authKey, authPrivateKey, authPublicKey, authAlgorithm, authDefaultExpiry } = options;
    this.#expiry = authDefaultExpiry;
    const isPair = authPrivateKey !== undefined && authPublicKey !== undefined;
    this.#algorithm = authAlgorithm ?? (isPair ? 'RS256' : 'HS256');
    this.#accepted = options.authVerifyAlgorithms ?? [this.#algorithm];
    if (isPair) {
      this.#signKey = createPrivateKey(authPrivateKey);
      this.#checkKey = createPublicKey(authPublicKey);
      return;
    }
    if (authKey === undefined || authKey === '') {
      // A key made here would be another one in every worker.
      throw new TypeError('Cannot sign tokens without a key: wanted is authKey, or a key pair');
    }
    this.#signKey = createSecretKey(Buffer.from(authKey));
    this.#checkKey = this.#signKey;
  }

  /**
   * Signs a payload; an `exp` in it wins over `expiresIn` and over the default.
   *
   * @throws TypeError when the payload is no plain object, or no token with such an algorithm would be taken;
   * RangeError when it would be expired at once; Error for options that contradict the payload.
   */
  sign(payload: Payload, { expiresIn = this.#expiry, ...options }: TokenOptions = {}): string {
    const { algorithm = this.#algorithm } = options;
    if (!isPlain(payload)) {
      throw new TypeError(`Cannot sign ${inspect(payload)} as a token: wanted is a plain object of claims`);
    }
    if (!this.#accepted.includes(algorithm)) {
      throw new TypeError(
        `Cannot sign a token with ${algorithm}: accepted are ${this.#accepted.join(', ')}, by authVerifyAlgorithms`,
      );
    }
    if (typeof expiresIn === 'number' && !(expiresIn > 0)) {
      throw new RangeError(`Cannot sign a token that expires in ${expiresIn} s: wanted is more than 0`);
    }
    const expiry = payload['exp'] === undefined ? { expiresIn } : {};
    return jwt.sign({ ...payload }, this.#signKey, { ...options, algorithm, ...expiry });
  }

  /** Checks signature and times. Anything may come in. `isEarlyGood`: whether a token may be for later. */
  verify(signed: unknown, { isEarlyGood = false }: { isEarlyGood?: boolean } = {}): Checked {
    if (typeof signed !== 'string' || signed === '') {
      return invalid('jwt must be provided');
    }
    try {
      const payload = jwt.verify(signed, this.#checkKey, {
        algorithms: this.#accepted,
        ignoreNotBefore: isEarlyGood,
      });
      return typeof payload === 'string' ? invalid('invalid token') : { payload };
    } catch (error) {
      return refusal(error);
    }
  }
}

/** Whether a value is an object whose names and values are all there is to it: no list, no Map, no Date. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]';
}

/** Reads the payload of a token whose signature is known to be good. */
export function readPayload(signed: string): Payload {
  const [, payload = ''] = signed.split('.', 2);
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Payload;
}

/** The verdict on a token that is none. */
export function invalid(message: string): Checked {
  return bad(new WireError(message, { name: 'AuthTokenInvalidError' }));
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
  return invalid(error instanceof Error ? error.message : 'invalid token');
}

function bad(error: WireError): Checked {
  return { error: Object.assign(error, { isBadToken: true }), isBadToken: true };
}
