/** Which workers are full, and whether all are: only then do they refuse instead of asking one another. */
export class Fullness {
  readonly #full = new Set<number>();
  readonly #workers: number;
  readonly #changed: (areAllFull: boolean) => void;
  #areAllFull = false;

  /**
   * @param workers Number of workers.
   * @param changed Told when the last worker fills up and when the first has room again.
   */
  constructor(workers: number, changed: (areAllFull: boolean) => void) {
    this.#workers = workers;
    this.#changed = changed;
  }

  get areAllFull(): boolean {
    return this.#areAllFull;
  }

  /** Notes what a worker says of itself; one that ended has room in its successor. */
  note(worker: number, isFull: boolean): void {
    if (isFull) {
      this.#full.add(worker);
    } else {
      this.#full.delete(worker);
    }
    const areAllFull = this.#full.size === this.#workers;
    if (areAllFull !== this.#areAllFull) {
      this.#areAllFull = areAllFull;
      this.#changed(areAllFull);
    }
  }
}
