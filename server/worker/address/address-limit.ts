/** The part of a connection that is needed here. */
interface Connection {
  once(event: 'close', listener: () => void): unknown;
}

/** Bounds how many sockets one address has at this worker. */
export class AddressLimit {
  readonly #most: number;
  readonly #counts = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Counts a connection until it closes; false when its address has as many as it may have. */
  take(address: string, connection: Connection): boolean {
    const count = this.#counts.get(address) ?? 0;
    if (count >= this.#most) {
      return false;
    }
    this.#counts.set(address, count + 1);
    connection.once('close', () => this.#release(address));
    return true;
  }

  #release(address: string): void {
    const count = (this.#counts.get(address) ?? 1) - 1;
    if (count === 0) {
      this.#counts.delete(address);
    } else {
      this.#counts.set(address, count);
    }
  }
}
