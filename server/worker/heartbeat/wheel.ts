/**
 * A timing wheel: one timer for tens of thousands of waiting things. Time moves in ticks; what is added
 * for `n` ticks is visited at the n-th tick from now and says itself when it wants to be visited again.
 */
export class Wheel<Item> {
  readonly #slots: Item[][];
  readonly #visit: (item: Item, tick: number) => number;
  #tick = 0;

  /**
   * @param longest Longest wait in ticks.
   * @param visit Called when an item's time has come. Returns ticks until its next visit, or 0 to let it go.
   */
  constructor(longest: number, visit: (item: Item, tick: number) => number) {
    this.#slots = Array.from({ length: longest + 1 }, () => []);
    this.#visit = visit;
  }

  /** Ticks so far. */
  get now(): number {
    return this.#tick;
  }

  /** Adds an item to be visited in `ticks`, at least 1. */
  add(item: Item, ticks: number): void {
    const wait = Math.min(Math.max(1, Math.ceil(ticks)), this.#slots.length - 1);
    this.#slots[(this.#tick + wait) % this.#slots.length]?.push(item);
  }

  /** Moves time by one tick and visits what is due. */
  advance(): void {
    this.#tick += 1;
    const index = this.#tick % this.#slots.length;
    const due = this.#slots[index];
    if (due === undefined || due.length === 0) {
      return;
    }
    this.#slots[index] = [];
    for (const item of due) {
      const again = this.#visit(item, this.#tick);
      if (again > 0) {
        this.add(item, again);
      }
    }
  }
}
