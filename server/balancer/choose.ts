/**
 * Which worker gets a client. Between two rounds of figures from the master each balancer deals its clients
 * out in turn; with each round it learns which workers have fallen behind, as clients come and go, and makes
 * up for its share of the difference first.
 *
 * SocketCluster 0.9 chose at random between the rounds, which leaves the fullest of three workers some 6 %
 * above the mean after 500 clients. In turn, from a random start, is even from the first client on.
 */

/** What the master says of a worker that runs. */
export interface WorkerStatus {
  id: number;
  /** Clients it has or is about to get. */
  connections: number;
  /** Takes no more. */
  isFull: boolean;
}

/** What is known of a client that asks for a worker. */
export interface Asker {
  /** Sockets stay; other requests are soon over and do not count as clients. */
  isUpgrade: boolean;
  /** Worker of its session. */
  session?: number | undefined;
  /** Hash of its address; given when addresses decide, not figures. */
  addressHash?: number | undefined;
}

/** How many clients each worker is short of the fullest, divided among the balancers. Only those above 0. */
export function quotas(workers: readonly WorkerStatus[], balancers: number): Map<number, number> {
  const most = Math.max(0, ...workers.map(({ connections }) => connections));
  const shares = workers.map(
    ({ id, connections }) => [id, Math.round((most - connections) / balancers)] as const,
  );
  return new Map(shares.filter(([, share]) => share > 0));
}

/** One balancer's choice. */
export class Chooser {
  #open: number[] = [];
  #workers = 0;
  #quotas = new Map<number, number>();
  /** Apart, or a browser that asks for its page and then for its socket would hit the same worker each time. */
  readonly #turns: Record<'request' | 'upgrade', number>;

  /** @param random Where to begin, from 0 to 1: balancers that all began with the first would favour it. */
  constructor(random: () => number = Math.random) {
    const start = Math.floor(random() * 1_000);
    this.#turns = { request: start, upgrade: start };
  }

  /**
   * Takes a new round of figures.
   *
   * @param running Workers that run, full ones included.
   * @param workers Number of workers there should be.
   * @param balancers Number of balancers there should be.
   */
  update(running: readonly WorkerStatus[], workers: number, balancers: number): void {
    const open = running.filter(({ isFull }) => !isFull);
    this.#workers = workers;
    this.#open = open.map(({ id }) => id).toSorted((a, b) => a - b);
    this.#quotas = quotas(open, balancers);
  }

  /** Chooses a worker; undefined when none can take the client. */
  choose({ isUpgrade, session, addressHash }: Asker): number | undefined {
    if (addressHash !== undefined) {
      return this.#byAddress(addressHash);
    }
    const worker =
      session !== undefined && this.#open.includes(session) ? session : this.#bySpread(isUpgrade);
    if (isUpgrade && worker !== undefined) {
      this.#spend(worker);
    }
    return worker;
  }

  /** The worker that the hash names, or the next one after it that is open. */
  #byAddress(hash: number): number | undefined {
    const wanted = hash % this.#workers;
    return this.#open.find((id) => id >= wanted) ?? this.#open[0];
  }

  #bySpread(isUpgrade: boolean): number | undefined {
    if (isUpgrade && this.#quotas.size > 0) {
      return [...this.#quotas].reduce((largest, next) => (next[1] > largest[1] ? next : largest))[0];
    }
    const kind = isUpgrade ? 'upgrade' : 'request';
    this.#turns[kind] += 1;
    return this.#open[this.#turns[kind] % this.#open.length];
  }

  #spend(worker: number): void {
    const quota = this.#quotas.get(worker);
    if (quota === undefined) {
      return;
    }
    if (quota === 1) {
      this.#quotas.delete(worker);
    } else {
      this.#quotas.set(worker, quota - 1);
    }
  }
}
