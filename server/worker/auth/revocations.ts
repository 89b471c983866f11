/** What one worker knows of revoked tokens, and whether a given token is one of them. */
import { type Revocation, type RevocationMemory, RevocationTable } from '../../broker/index.ts';
import type { Payload } from './signer.ts';
import { namesIn, subjectOfPayload, subjectOfToken } from './subject.ts';

/** A token that is good otherwise. Its digest is asked for only when single tokens are revoked. */
export interface Candidate {
  readonly payload: Payload;
  digest(): string;
}

export class Revocations implements RevocationMemory {
  readonly #table: RevocationTable;
  readonly #changed: () => void;
  #hasTokens = false;
  /** Names of claims that tokens are revoked by, as text: few, an application has one or two ways to do it. */
  readonly #claims = new Map<string, readonly string[]>();

  /**
   * @param changed Called after something new was revoked.
   * @param now Seconds since 1970, with fractions.
   */
  constructor(changed: () => void, now?: () => number) {
    this.#table = new RevocationTable(now);
    this.#changed = changed;
  }

  get size(): number {
    return this.#table.size;
  }

  list(): Revocation[] {
    return this.#table.list();
  }

  take(revocations: readonly Revocation[]): void {
    const fresh = this.#table.take(revocations);
    for (const { subject } of fresh) {
      const names = namesIn(subject);
      if (names.length === 0) {
        this.#hasTokens = true;
      } else {
        this.#claims.set(names.join('\n'), names);
      }
    }
    if (fresh.length > 0) {
      this.#changed();
    }
  }

  /** Whether a token is refused. One that does not say when it was issued counts as old. */
  cover({ payload, digest }: Candidate): boolean {
    if (this.#table.size === 0) {
      this.#hasTokens = false;
      this.#claims.clear();
      return false;
    }
    const issuedAt = typeof payload['iat'] === 'number' ? payload['iat'] : 0;
    return (
      issuedAt <= this.claimsRevokedAt(payload) ||
      (this.#hasTokens && this.#table.get(subjectOfToken(digest())) !== undefined)
    );
  }

  /** When tokens with claims of this payload were last revoked, seconds since 1970; -Infinity when never. */
  claimsRevokedAt(payload: Payload): number {
    let last = Number.NEGATIVE_INFINITY;
    for (const names of this.#claims.values()) {
      const subject = subjectOfPayload(payload, names);
      const revocation = subject === undefined ? undefined : this.#table.get(subject);
      last = Math.max(last, revocation?.issuedUntil ?? last);
    }
    return last;
  }
}
