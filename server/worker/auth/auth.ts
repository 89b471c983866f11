/**
 * The tokens of one worker: signs them, checks them, remembers which signatures were good and which tokens are
 * revoked. What it revokes goes through the brokers to all workers; README.md says what that promises.
 */
import type { RevocationMemory, Store } from '../../broker/index.ts';
import { ClusterError, shielded } from '../../errors/index.ts';
import { type Candidate, Revocations } from './revocations.ts';
import {
  type Checked,
  invalid,
  type Payload,
  readPayload,
  Signer,
  type SignerOptions,
  type TokenOptions,
} from './signer.ts';
import { type Claims, digestOf, subjectOfClaims, subjectOfToken } from './subject.ts';
import { TokenCache } from './token-cache.ts';

export interface AuthOptions extends SignerOptions {
  /** Tokens whose signature is remembered as good; 0: none. */
  authCacheSize: number;
}

/** A client that may hold a token. */
export interface Holder {
  readonly authToken: Payload | null;
  /** Digest of the token as it was signed. Only asked for when there is a token. */
  readonly tokenDigest: string;
  /** Takes the token away. */
  deauthenticate(): void;
}

/** Revocations in force that a worker adds to: so many fill 50 MB at most on the way to a worker that starts. */
const MAX_REVOCATIONS = 50_000;

/** What a token without expiry gets for one. */
const NEVER = Number.MAX_SAFE_INTEGER;

/** Least difference between two times of issue, seconds. */
const TICK = 0.001;

export class Auth {
  readonly #signer: Signer;
  readonly #cache: TokenCache;
  readonly #revocations: Revocations;
  readonly #holders: () => Iterable<Holder>;
  /** The longest life of a token seen here, seconds. */
  #longestLife: number;
  #store: Store | undefined;

  /**
   * @param holders Gives the clients that may hold tokens.
   * @throws Error when a key is none, or when there is none.
   */
  constructor(options: AuthOptions, holders: () => Iterable<Holder>) {
    this.#signer = new Signer(options);
    this.#cache = new TokenCache(options.authCacheSize);
    this.#revocations = new Revocations(() => this.#deauthenticate());
    this.#holders = holders;
    this.#longestLife = options.authDefaultExpiry;
  }

  /** What is known to be revoked, for the brokers to add to. */
  get revocations(): RevocationMemory {
    return this.#revocations;
  }

  /** Connects to the other workers; called once, before anything is revoked. */
  attach(store: Store): void {
    this.#store = store;
  }

  /**
   * Signs a payload; an `exp` in it wins over `expiresIn` and over the default. What was revoked before it is
   * signed does not touch the token, though it be signed within the same second.
   *
   * @throws TypeError, RangeError or Error as the signer does.
   */
  sign(payload: Payload, options?: TokenOptions): string {
    const signed = this.#signer.sign(payload, options);
    const isUntouched = payload['iat'] !== undefined || this.#revocations.size === 0;
    if (isUntouched || !this.#revocations.cover(candidate(signed, readPayload(signed)))) {
      return signed;
    }
    return this.#signLater(payload, { ...options, noTimestamp: false });
  }

  /** Checks a token. Anything may come in. */
  check(signed: unknown): Checked {
    if (typeof signed !== 'string') {
      return invalid('jwt must be provided');
    }
    const digest = digestOf(signed);
    const isKnown = this.#cache.has(digest);
    const checked = isKnown ? { payload: readPayload(signed) } : this.#signer.verify(signed);
    if (checked.payload === undefined) {
      return checked;
    }
    if (this.#revocations.cover({ payload: checked.payload, digest: () => digest })) {
      this.#cache.delete(digest);
      return invalid('jwt revoked');
    }
    if (!isKnown) {
      this.#cache.add(digest, checked.payload);
      this.#longestLife = Math.max(this.#longestLife, lifeOf(checked.payload));
    }
    return checked;
  }

  /**
   * Has every worker refuse a token until it expires. Does nothing about one that has expired.
   *
   * @throws TypeError when it is no token of this cluster; ClusterError BROKER_UNREACHABLE when no broker took
   * it, LIMIT_EXCEEDED when too many are revoked already.
   */
  async revokeToken(signed: string): Promise<void> {
    const checked = this.#signer.verify(signed, { isEarlyGood: true });
    if (checked.payload === undefined) {
      if ((checked.error as Error).name === 'AuthTokenExpiredError') {
        return;
      }
      throw new TypeError(`Cannot revoke what is no good token here: ${(checked.error as Error).message}`);
    }
    const { exp } = checked.payload;
    await this.#revoke(subjectOfToken(digestOf(signed)), typeof exp === 'number' ? exp : NEVER);
  }

  /**
   * Has every worker refuse the tokens issued until now that have all these claims. It is remembered for the
   * longest of: the default life of a token, the longest life seen in this worker, and `longestLife`, seconds.
   *
   * @throws TypeError when the claims cannot be compared; RangeError for a life that is none; ClusterError as
   * `revokeToken` does.
   */
  async revokeTokens(claims: Claims, { longestLife = 0 }: { longestLife?: number } = {}): Promise<void> {
    if (!(longestLife >= 0 && longestLife <= NEVER)) {
      throw new RangeError(`Cannot revoke tokens of a life of ${longestLife} s: wanted is 0 or more`);
    }
    const life = Math.max(this.#longestLife, longestLife);
    await this.#revoke(subjectOfClaims(claims), now() + life);
  }

  async #revoke(subject: string, until: number): Promise<void> {
    if (this.#store === undefined) {
      throw new Error('Cannot revoke tokens: the worker has no brokers yet');
    }
    if (this.#revocations.size >= MAX_REVOCATIONS) {
      throw new ClusterError(
        `Cannot revoke more tokens: ${this.#revocations.size} revocations are in force`,
        {
          code: 'LIMIT_EXCEEDED',
        },
      );
    }
    await this.#store.revoke([{ subject, issuedUntil: now(), until }]);
  }

  /** A whole second is too coarse when a token is revoked and the next one signed within it. */
  #signLater(payload: Payload, options: TokenOptions): string {
    let iat = Math.max(now(), this.#revocations.claimsRevokedAt(payload) + TICK);
    for (;;) {
      const timed = { ...payload, iat };
      const signed = this.#signer.sign(timed, options);
      if (!this.#revocations.cover(candidate(signed, timed))) {
        return signed;
      }
      iat += TICK;
    }
  }

  #deauthenticate(): void {
    for (const holder of [...this.#holders()]) {
      const { authToken } = holder;
      if (
        authToken !== null &&
        this.#revocations.cover({ payload: authToken, digest: () => holder.tokenDigest })
      ) {
        // What listeners of the application throw must not leave the other holders their tokens.
        shielded(() => holder.deauthenticate());
      }
    }
  }
}

function candidate(signed: string, payload: Payload): Candidate {
  return { payload, digest: () => digestOf(signed) };
}

/** Seconds between issue and expiry; 0 when a token does not say. */
function lifeOf({ exp, iat }: Payload): number {
  return typeof exp === 'number' && typeof iat === 'number' ? exp - iat : 0;
}

/** Seconds since 1970. */
function now(): number {
  return Date.now() / 1_000;
}
