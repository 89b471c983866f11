/**
 * What a subscription remembers beyond its position, while something of it is not as it should be: publications
 * owed to it that others had and it had not, and those from before its confirmation that came nevertheless. Most
 * subscriptions remember nothing most of the time.
 */

/** A publication that is owed and has not come. */
export interface Absence {
  intended: number;
  /** Whether a later publication of the same publisher came to the subscription. */
  isOvertaken: boolean;
}

/** Most publications remembered one by one; more are only counted. */
const MOST_ABSENCES = 1_024;

/** The memory of one subscription. */
export class Absences {
  readonly #absences = new Map<number, Map<number, Absence>>();
  readonly #early = new Set<string>();
  #size = 0;
  /** Owed and absent, but too many to remember which. */
  #forgotten = 0;

  /** Publications owed and not come. */
  get size(): number {
    return this.#size + this.#forgotten;
  }

  get isEmpty(): boolean {
    return this.size === 0 && this.#early.size === 0;
  }

  /** What is remembered of a publication; undefined when it has come, or is not owed. */
  get(publisher: number, sequence: number): Readonly<Absence> | undefined {
    return this.#absences.get(publisher)?.get(sequence);
  }

  /** An owed publication was skipped. */
  add(publisher: number, sequence: number, absence: Absence): void {
    if (this.#size >= MOST_ABSENCES) {
      this.#forgotten += 1;
      return;
    }
    const ofPublisher = this.#absences.get(publisher) ?? new Map<number, Absence>();
    this.#absences.set(publisher, ofPublisher.set(sequence, absence));
    this.#size += 1;
  }

  /** A publication came: those of the same publisher before it are overtaken. */
  overtake(publisher: number, sequence: number): void {
    for (const [absent, absence] of this.#absences.get(publisher) ?? []) {
      if (absent < sequence) absence.isOvertaken = true;
    }
  }

  /** A skipped publication came after all. Undefined when it is not remembered. */
  remove(publisher: number, sequence: number): Absence | undefined {
    const ofPublisher = this.#absences.get(publisher);
    const absence = ofPublisher?.get(sequence);
    if (ofPublisher === undefined || absence === undefined) return undefined;
    ofPublisher.delete(sequence);
    if (ofPublisher.size === 0) this.#absences.delete(publisher);
    this.#size -= 1;
    return absence;
  }

  /** A publication that may be one of those only counted came. Says whether there was one left. */
  removeForgotten(): boolean {
    if (this.#forgotten === 0) return false;
    this.#forgotten -= 1;
    return true;
  }

  /** A publication from before the confirmation came. Says whether it had come already. */
  noteEarly(publisher: number, sequence: number): boolean {
    const key = `${publisher} ${sequence}`;
    if (this.#early.has(key)) return true;
    this.#early.add(key);
    return false;
  }

  /** Forgets what came from before the confirmation. */
  forgetEarly(): void {
    this.#early.clear();
  }

  /**
   * Intended times of the absent that were overtaken, or intended before a time: more than under way. Not a number
   * for those that are only counted. By default of all.
   */
  lost(intendedBefore = Number.POSITIVE_INFINITY): number[] {
    const lost = new Array<number>(this.#forgotten).fill(Number.NaN);
    for (const ofPublisher of this.#absences.values()) {
      for (const { intended, isOvertaken } of ofPublisher.values()) {
        if (isOvertaken || intended < intendedBefore) lost.push(intended);
      }
    }
    return lost;
  }
}
