/** What becomes of the clients while a cluster ends: what its workers tell of it, added up. */
import type { Snapshot } from '../../observe/index.ts';
import type { Message } from '../../process/index.ts';

/** Clients of all workers. */
export interface Departures {
  /** Those that are still here. */
  left: number;
  /** Those that were told to go. */
  sentAway: number;
  /** Those whose connection was cut, as they did not go in time. */
  cutOff: number;
}

export class DepartureBook {
  /** By the worker's number. */
  readonly #told = new Map<number, Departures>();

  /** Notes what a worker says of its own. */
  note(worker: number, { left, sentAway, cutOff }: Message): void {
    this.#told.set(worker, { left: Number(left), sentAway: Number(sentAway), cutOff: Number(cutOff) });
  }

  /** Notes that a worker has ended: nobody is there any more. */
  end(worker: number): void {
    const told = this.#told.get(worker);
    if (told !== undefined) {
      told.left = 0;
    }
  }

  /** All together. Of workers that have not said a word yet the latest snapshot counts. */
  sum(snapshots: readonly Pick<Snapshot, 'connections' | 'id' | 'role'>[]): Departures {
    const sum: Departures = { left: 0, sentAway: 0, cutOff: 0 };
    for (const { left, sentAway, cutOff } of this.#told.values()) {
      sum.left += left;
      sum.sentAway += sentAway;
      sum.cutOff += cutOff;
    }
    for (const { id, role, connections } of snapshots) {
      sum.left += role === 'worker' && !this.#told.has(id) ? connections : 0;
    }
    return sum;
  }
}
