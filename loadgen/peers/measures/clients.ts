/** The clients of one measure, in this process: the driver of the load processes, at a rate that is kept. */
import { type CreateDriver, type Driver, loadDriver } from '../../drivers/index.ts';
import { type ConnectSpec, loopbackAddresses } from '../../plan/index.ts';

/** Whom the clients connect to, and what they say. */
export interface ClientsOptions {
  count: number;
  port: number;
  path: string;
  /** Connections begun a second. */
  perSecond: number;
  /** Tokens they offer in their handshakes, in turn. Default: none. */
  tokens?: ConnectSpec['tokens'];
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

  /** Makes clients that do nothing yet. */
  static async create(options: ClientsOptions): Promise<Clients> {
    return new Clients(options, await loadDriver('socketcluster'));
  }

  private constructor(options: ClientsOptions, createDriver: CreateDriver) {
    const { count, port, path, tokens } = options;
    this.#options = options;
    this.#addresses = loopbackAddresses(Math.ceil(count / CLIENTS_PER_ADDRESS));
    const note = (_client: number, cause: string): void => {
      this.#trouble ??= cause;
    };
    this.#driver = createDriver({
      users: count,
      behaviours: [{ kind: 'ping-pong', event: 'ping', reply: 'pong', payload, every, model: 'open' }],
      groups: new Uint8Array(count),
      numbers: Uint32Array.from({ length: count }, (_, client) => client),
      target: { host: '127.0.0.1', port, path, secure: false },
      address: '127.0.0.1',
      connect: tokens === undefined ? {} : { tokens },
      protocolVersion: 'auto',
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
        response: ignore,
        subscribed: ignore,
        push: ignore,
        event: ignore,
      },
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

/** The pace is kept here, not by the behaviour. */
const every = { mean: 1, shape: 'constant', spread: 0 } as const;

const payload = { message: 'This is a PING message', sentBy: 'virtual user' };

function tick(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, TICK_MS);
  });
}

function ignore(): void {}
