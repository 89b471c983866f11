/**
 * Tokens whose signature was found good, by their digests: checking one again costs a hash instead of a
 * signature. It holds good ones only, so nobody fills it with what he made up. When it is full the one that was
 * not asked for the longest goes.
 */

/** When a token may be used: from `notBefore` until before `expiry`, seconds since 1970. */
interface Life {
  notBefore: number;
  expiry: number;
}

export class TokenCache {
  readonly #limit: number;
  readonly #now: () => number;
  /** The order of insertion is that of use. */
  readonly #lives = new Map<string, Life>();

  /**
   * @param limit Tokens to hold; 0: none.
   * @param now Seconds since 1970.
   */
  constructor(limit: number, now: () => number = () => Math.floor(Date.now() / 1_000)) {
    this.#limit = limit;
    this.#now = now;
  }

  get size(): number {
    return this.#lives.size;
  }

  /** Whether a token is known to be good now. */
  has(digest: string): boolean {
    const life = this.#lives.get(digest);
    if (life === undefined) {
      return false;
    }
    this.#lives.delete(digest);
    const now = this.#now();
    if (now >= life.expiry) {
      return false;
    }
    this.#lives.set(digest, life);
    return now >= life.notBefore;
  }

  /** Notes that a token was found good. */
  add(digest: string, { exp, nbf }: { exp?: unknown; nbf?: unknown }): void {
    const expiry = typeof exp === 'number' ? exp : Number.POSITIVE_INFINITY;
    const notBefore = typeof nbf === 'number' ? nbf : Number.NEGATIVE_INFINITY;
    this.#lives.delete(digest);
    this.#lives.set(digest, { notBefore, expiry });
    if (this.#lives.size > this.#limit) {
      const [oldest = digest] = this.#lives.keys();
      this.#lives.delete(oldest);
    }
  }

  delete(digest: string): void {
    this.#lives.delete(digest);
  }
}
