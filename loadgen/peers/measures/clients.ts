/** The clients of one measure, in this process: the driver of the load processes, at a rate that is kept. */
import { createSocketClusterDriver, type Driver } from '../../drivers/index.ts';
import { loopbackAddresses } from '../../plan/index.ts';

/** Whom the clients connect to, and what they say. */
export interface ClientsOptions {
  count: number;
  port: number;
  path: string;
  /** Connections begun a second. */
  perSecond: number;
  tokenOf?: (client: number) => string;
}

const TICK_MS = 10;
const MS_PER_SECOND = 1_000;
/** As few that the kernel finds a free port at once. */
const CLIENTS_PER_ADDRESS = 500;
/** Time for what is under way when the last one was due, milliseconds. */
const SETTLE_WITHIN_MS = 30_000;

/** Clients that stay connected until they are closed. */
export class Clients {
  readonly #options: ClientsOptions;
  readonly #addresses: string[];
  readonly #driver: Driver;
  #opened = 0;
  #answered = 0;
  #trouble: string | undefined;

  constructor(options: ClientsOptions) {
    const { count, port, path, tokenOf } = options;
    this.#options = options;
    this.#addresses = loopbackAddresses(Math.ceil(count / CLIENTS_PER_ADDRESS));
    const note = (_client: number, cause: string): void => {
      this.#trouble ??= cause;
    };
    this.#driver = createSocketClusterDriver({
      users: count,
      target: { host: '127.0.0.1', port, path },
      address: '127.0.0.1',
      behaviour: { kind: 'ping-pong', event: 'ping', reply: 'pong', payload, every: 1, spread: 0 },
      clock: { now: () => 0, startEpochMs: 0 },
      events: {
        opened: () => {
          this.#opened += 1;
        },
        answer: () => {
          this.#answered += 1;
        },
        refused: note,
        closed: note,
        subscribed: () => {},
        push: () => {},
      },
      ...(tokenOf === undefined ? {} : { tokenOf }),
    });
  }

  /** Connects all. @throws Error when one does not come through or is lost again. */
  async connect(): Promise<void> {
    const { count, perSecond } = this.#options;
    await this.#pace(count, perSecond, (client) => {
      this.#driver.connect(client, this.#addresses[client % this.#addresses.length]);
    });
    await this.#until(() => this.#opened === count, 'opened');
  }

  /** Sends pings, one client after the other, and waits for the answers. Gives their number. */
  async ping(count: number, perSecond: number): Promise<number> {
    const { count: clients } = this.#options;
    this.#answered = 0;
    await this.#pace(count, perSecond, (index) => this.#driver.send(index % clients, 1));
    await this.#until(() => this.#answered === count, 'answered');
    return count;
  }

  /** Resets all connections. */
  close(): Promise<void> {
    return this.#driver.close();
  }

  /** Does `act` for 0, 1, 2 … at a rate; what is late is done at once, so that the rate holds on the whole. */
  async #pace(count: number, perSecond: number, act: (index: number) => void): Promise<void> {
    const start = performance.now();
    let done = 0;
    while (done < count) {
      const due = Math.min(count, Math.ceil(((performance.now() - start) / MS_PER_SECOND) * perSecond));
      for (; done < due; done += 1) {
        act(done);
      }
      await tick();
    }
  }

  async #until(isDone: () => boolean, what: string): Promise<void> {
    const deadline = performance.now() + SETTLE_WITHIN_MS;
    while (!isDone()) {
      if (this.#trouble !== undefined || performance.now() > deadline) {
        const cause = this.#trouble ?? 'no word in time';
        throw new Error(`Cannot have all ${this.#options.count} clients ${what}: ${cause}`);
      }
      await tick();
    }
  }
}

const payload = { message: 'This is a PING message', sentBy: 'virtual user' };

function tick(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, TICK_MS);
  });
}
