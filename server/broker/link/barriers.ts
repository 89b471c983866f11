/**
 * How a broker finds out that every worker has taken what it was told: frames of a link keep their order, so a
 * worker that answers a barrier has taken everything before it. A worker whose link ends is not waited for: it
 * is told everything when it comes back.
 */
export class Barriers<Member> {
  readonly #open = new Map<number, { missing: Set<Member>; passed: () => void }>();
  #lastId = 0;

  /**
   * Puts up a barrier that these members have to answer; `passed` is called once, when all have or are gone.
   * Returns the id of the barrier.
   */
  open(members: Iterable<Member>, passed: () => void): number {
    this.#lastId = (this.#lastId % 0xffff_ffff) + 1;
    const missing = new Set(members);
    this.#open.set(this.#lastId, { missing, passed });
    this.#closeIfPassed(this.#lastId);
    return this.#lastId;
  }

  /** Notes that a member has answered. */
  answer(id: number, member: Member): void {
    this.#open.get(id)?.missing.delete(member);
    this.#closeIfPassed(id);
  }

  /** Waits for a member no longer. */
  drop(member: Member): void {
    for (const id of [...this.#open.keys()]) {
      this.answer(id, member);
    }
  }

  #closeIfPassed(id: number): void {
    const barrier = this.#open.get(id);
    if (barrier?.missing.size === 0) {
      this.#open.delete(id);
      barrier.passed();
    }
  }
}
