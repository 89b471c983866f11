/**
 * Keeps things in order when some of them take time: a task begins when the one before it has said that
 * the next may begin. As long as every task says so at once, nothing waits and nothing is made.
 */

/** Does its work and calls `proceed` when the next may begin; at once, or later. */
export type Task = (proceed: () => void) => void;

export class Order {
  readonly #waiting: Task[] = [];
  #isBusy = false;

  /** Whether a task has begun and not yet let the next one begin. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Begins a task, now or when its turn has come. */
  enter(task: Task): void {
    if (this.#isBusy) {
      this.#waiting.push(task);
      return;
    }
    this.#run(task);
  }

  /** Lets everything go that waits. */
  clear(): void {
    this.#waiting.length = 0;
  }

  #run(first: Task): void {
    let task: Task | undefined = first;
    // A loop and no recursion: a thousand tasks may have waited for one.
    while (task !== undefined) {
      let hasProceeded = false;
      let isInside = true;
      this.#isBusy = true;
      task(() => {
        if (hasProceeded) {
          return;
        }
        hasProceeded = true;
        this.#isBusy = false;
        const next = isInside ? undefined : this.#waiting.shift();
        if (next !== undefined) {
          this.#run(next);
        }
      });
      isInside = false;
      task = this.#isBusy ? undefined : this.#waiting.shift();
    }
  }
}
