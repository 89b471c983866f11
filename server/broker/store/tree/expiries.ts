import type { Branch } from './node.ts';

/** Keys leave at full seconds: one sweep a second at most, however many keys have a time. */
const STEP_MS = 1_000;

/** When which key of which branch goes. Knows no tree: whoever takes a branch away says so. */
export class Expiries {
  readonly #dues = new Map<Branch, Map<string, number>>();
  /** Nothing is due before; may be too early, never too late. */
  #next = Number.POSITIVE_INFINITY;

  /** Gives a key its time, milliseconds since 1970, rounded up to a full second. */
  set(branch: Branch, key: string, at: number): void {
    const due = Math.ceil(at / STEP_MS) * STEP_MS;
    const dues = this.#dues.get(branch) ?? new Map<string, number>();
    this.#dues.set(branch, dues.set(key, due));
    this.#next = Math.min(this.#next, due);
  }

  get(branch: Branch, key: string): number | undefined {
    return this.#dues.get(branch)?.get(key);
  }

  /** Takes a key's time away. Returns whether it had one. */
  delete(branch: Branch, key: string): boolean {
    const dues = this.#dues.get(branch);
    const existed = dues?.delete(key) === true;
    if (dues?.size === 0) {
      this.#dues.delete(branch);
    }
    return existed;
  }

  /** Takes the times of a branch's keys away. */
  forget(branch: Branch): void {
    this.#dues.delete(branch);
  }

  /** Takes out all keys that are due and returns them. */
  take(now: number): [branch: Branch, key: string][] {
    if (now < this.#next) {
      return [];
    }
    const taken: [Branch, string][] = [];
    this.#next = Number.POSITIVE_INFINITY;
    for (const [branch, dues] of this.#dues) {
      for (const [key, due] of dues) {
        if (due <= now) {
          taken.push([branch, key]);
        } else {
          this.#next = Math.min(this.#next, due);
        }
      }
    }
    for (const [branch, key] of taken) {
      this.delete(branch, key);
    }
    return taken;
  }
}
