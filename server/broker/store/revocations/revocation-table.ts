/**
 * The tokens that are refused although they are signed and not expired. Merging takes the greater of each
 * time, so revocations may come in any order, from any side and any number of times: that is what lets brokers
 * forget and be told again, and what will let brokers of several hosts pass on what is new to them.
 */

/** One token, or all tokens with certain claims, refused until none of them would be good any more. */
export interface Revocation {
  /** Which tokens: a digest or claims. Workers make it and read it, to brokers it is a name like any other. */
  readonly subject: string;
  /** Tokens issued later are not meant. Seconds since 1970, with fractions. */
  readonly issuedUntil: number;
  /** When the last of the tokens expires and the revocation can be forgotten. Seconds since 1970. */
  readonly until: number;
}

/** What a worker or a broker remembers of revocations. */
export interface RevocationMemory {
  /** Takes revocations, known ones too. Must not throw. */
  take(revocations: readonly Revocation[]): void;
  /** Those that are still in force. */
  list(): Revocation[];
}

/** Longest subject, in UTF-16 units. */
const MAX_SUBJECT_LENGTH = 1_000;

export class RevocationTable implements RevocationMemory {
  readonly #now: () => number;
  readonly #revocations = new Map<string, Revocation>();
  /** None is to be forgotten before; may be too early, never too late. */
  #next = Number.POSITIVE_INFINITY;

  /** @param now Seconds since 1970. */
  constructor(now: () => number = () => Date.now() / 1_000) {
    this.#now = now;
  }

  get size(): number {
    this.#sweep();
    return this.#revocations.size;
  }

  get(subject: string): Revocation | undefined {
    this.#sweep();
    return this.#revocations.get(subject);
  }

  list(): Revocation[] {
    this.#sweep();
    return [...this.#revocations.values()];
  }

  /** Returns those that said something new. */
  take(revocations: readonly Revocation[]): Revocation[] {
    this.#sweep();
    const now = this.#now();
    return revocations.filter((revocation) => revocation.until > now && this.#merge(revocation));
  }

  #merge(given: Revocation): boolean {
    const { subject } = given;
    const known = this.#revocations.get(subject);
    const issuedUntil = Math.max(given.issuedUntil, known?.issuedUntil ?? given.issuedUntil);
    const until = Math.max(given.until, known?.until ?? given.until);
    if (issuedUntil === known?.issuedUntil && until === known.until) {
      return false;
    }
    this.#revocations.set(subject, { subject, issuedUntil, until });
    this.#next = Math.min(this.#next, until);
    return true;
  }

  #sweep(): void {
    const now = this.#now();
    if (now < this.#next) {
      return;
    }
    this.#next = Number.POSITIVE_INFINITY;
    for (const { subject, until } of this.#revocations.values()) {
      if (until <= now) {
        this.#revocations.delete(subject);
      } else {
        this.#next = Math.min(this.#next, until);
      }
    }
  }
}

/**
 * Reads revocations that came over a link.
 *
 * @throws TypeError when they are none.
 */
export function readRevocations(value: unknown): Revocation[] {
  if (Array.isArray(value) && value.every(isRevocation)) {
    return value;
  }
  throw new TypeError('Cannot take revocations: wanted a list of subjects with their times');
}

function isRevocation(value: unknown): value is Revocation {
  const { subject, issuedUntil, until } = (value ?? {}) as Partial<Record<keyof Revocation, unknown>>;
  const isSubject = typeof subject === 'string' && subject.length <= MAX_SUBJECT_LENGTH;
  return isSubject && Number.isFinite(issuedUntil) && Number.isFinite(until);
}
