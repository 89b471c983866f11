/** What a listener makes of the numbers that a publisher counts up from 1: which came, which are missing, which came twice. */
export class Tally {
  #last = 0;
  #received = 0;
  #duplicated = 0;
  #reordered = 0;
  #heardAt = 0;
  #longestSilence = 0;
  readonly #missing = new Set<number>();

  /** Takes the next number and the moment at which it came, in milliseconds of any clock. */
  note(number: number, atMs: number): void {
    if (this.#received > 0) this.#longestSilence = Math.max(this.#longestSilence, atMs - this.#heardAt);
    this.#heardAt = atMs;
    this.#received += 1;
    if (number > this.#last) {
      for (let lost = this.#last + 1; lost < number; lost += 1) this.#missing.add(lost);
      this.#last = number;
    } else if (this.#missing.delete(number)) {
      this.#reordered += 1;
    } else {
      this.#duplicated += 1;
    }
  }

  /** What has been found so far. */
  tell(): Told {
    return {
      received: this.#received,
      last: this.#last,
      missing: this.#missing.size,
      duplicated: this.#duplicated,
      reordered: this.#reordered,
      longestSilenceMs: this.#longestSilence,
    };
  }
}

/** Numbers of one publisher as one listener got them. */
export interface Told {
  received: number;
  /** The highest. */
  last: number;
  /** Lower ones that have not come. */
  missing: number;
  duplicated: number;
  /** Those that came after a higher one. */
  reordered: number;
  longestSilenceMs: number;
}

/** What a witness answers. */
export interface Account {
  /** The highest number that it published, and how many of them the server has confirmed. */
  published: number;
  confirmed: number;
  /** By the names of publishers. */
  heard: Record<string, Told>;
  /** How often the connection was lost. */
  lost: number;
}
