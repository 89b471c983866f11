/**
 * Puts the windows of all load processes together by second. A second is given out once, in order, when
 * every process that is still there has told its part, or when one is so far ahead that the rest is late.
 */
import type { Window } from '../results/index.ts';

/** Seconds a process may lag behind the fastest before its part is not waited for. */
const MOST_LAG = 2;

export class Seconds {
  readonly #waiting = new Map<number, Window[]>();
  readonly #present: Set<number>;
  readonly #complete: (second: number, windows: Window[]) => void;
  #next = 0;

  /**
   * @param processes Number of load processes.
   * @param complete Takes each second with its windows, in ascending order.
   */
  constructor(processes: number, complete: (second: number, windows: Window[]) => void) {
    this.#present = new Set(Array.from({ length: processes }, (_, id) => id));
    this.#complete = complete;
  }

  add(window: Window): void {
    // A part that comes after its second was given out is in the record, just not in the live view.
    if (window.second < this.#next) {
      return;
    }
    const windows = this.#waiting.get(window.second) ?? [];
    windows.push(window);
    this.#waiting.set(window.second, windows);
    this.#giveOut();
  }

  /** Waits for a process no longer. */
  lose(process: number): void {
    this.#present.delete(process);
    this.#giveOut();
  }

  #giveOut(): void {
    const newest = Math.max(...this.#waiting.keys());
    while (this.#next <= newest && (this.#isWhole(this.#next) || newest - this.#next >= MOST_LAG)) {
      this.#complete(this.#next, this.#waiting.get(this.#next) ?? []);
      this.#waiting.delete(this.#next);
      this.#next += 1;
    }
  }

  #isWhole(second: number): boolean {
    const told = new Set(this.#waiting.get(second)?.map((window) => window.process));
    return [...this.#present].every((process) => told.has(process));
  }
}
