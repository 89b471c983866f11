/** Which brokers of other hosts there are: those that were heard lately. The time is injected. */
export class Neighbours {
  readonly #silenceMs: number;
  readonly #now: () => number;
  /** When each was heard last; the order of insertion is that of the times. */
  readonly #heard = new Map<string, number>();

  /** @param silenceMs After which one is taken for gone. */
  constructor(silenceMs: number, now: () => number) {
    this.#silenceMs = silenceMs;
    this.#now = now;
  }

  get size(): number {
    return this.#heard.size;
  }

  get ids(): string[] {
    return [...this.#heard.keys()];
  }

  /** Notes that one was heard. Returns whether it is new. */
  hear(id: string): boolean {
    const isNew = !this.#heard.delete(id);
    this.#heard.set(id, this.#now());
    return isNew;
  }

  forget(id: string): void {
    this.#heard.delete(id);
  }

  /** Forgets those that were silent for too long, and returns them. */
  sweep(): string[] {
    const oldest = this.#now() - this.#silenceMs;
    const gone = [...this.#heard].filter(([, at]) => at < oldest).map(([id]) => id);
    for (const id of gone) {
      this.#heard.delete(id);
    }
    return gone;
  }
}
