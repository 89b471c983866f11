/** Connections whose target reads nothing of what it is sent, whatever it says meanwhile. */

/** Cause of the end of such a connection. */
export const UNREAD = 'unread';

/** What may wait of what a user sent, beyond what the kernel holds of it, before it takes the memory of thousands. */
export const MOST_UNSENT_BYTES = 1024 * 1024;

/** A target that reads keeps more than that waiting for a moment, when much was sent at once; milliseconds. */
export const UNREAD_AFTER_MS = 1_000;

/** The connections of which more waits than may. */
export class Backlogs {
  readonly #since = new WeakMap<object, number>();
  #isAny = false;

  /** Whether more has waited than may, at every message for so long. Asked before each. */
  isUnread(connection: object, waitingBytes: number, now = performance.now()): boolean {
    if (waitingBytes <= MOST_UNSENT_BYTES) {
      if (this.#isAny) this.#since.delete(connection);
      return false;
    }
    const since = this.#since.get(connection) ?? now;
    this.#since.set(connection, since);
    this.#isAny = true;
    return now - since >= UNREAD_AFTER_MS;
  }
}
