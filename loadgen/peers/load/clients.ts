/** The clients of one measure, in this process: the drivers of the load processes, at a rate that is kept. */
import type { CreateDriver, Driver } from '../../drivers/index.ts';
import { type ConnectSpec, loopbackAddresses } from '../../plan/index.ts';
import { behaviourOf, type Dialect, INTENDED, loadDialect, type Talk } from './dialects.ts';

/** Whom the clients connect to, and what they say. */
export interface ClientsOptions {
  count: number;
  port: number;
  path: string;
  /** Connections begun a second. */
  perSecond: number;
  /** Default `socketcluster`. */
  dialect?: Dialect;
  /** Default pings. */
  talk?: Talk;
  /** Tokens they offer in their handshakes, in turn. Default: none. */
  tokens?: ConnectSpec['tokens'];
}

const TICK_MS = 10;
const MS_PER_SECOND = 1_000;
/** As few that the kernel finds a free port at once. */
const CLIENTS_PER_ADDRESS = 500;
/** Time for what is under way when the last one was due, milliseconds. */
const SETTLE_WITHIN_MS = 30_000;
/** All publications are in one channel. */
const CHANNEL = 0;

/** Clients that stay connected until they are closed. They are numbers from 0. */
export class Clients {
  /** Answers and deliveries so far. */
  came = 0;
  /** Hears of each of them. */
  onCame: (client: number) => void = ignore;
  /** Why clients were turned away or lost. */
  readonly ended = new Map<number, string>();
  readonly #options: ClientsOptions;
  readonly #addresses: string[];
  readonly #driver: Driver;
  /** May be lost: they do not read. */
  readonly #stalled = new Set<number>();
  #opened = 0;
  #subscribed = 0;
  #trouble: string | undefined;

  /** Makes clients that do nothing yet. */
  static async create(options: ClientsOptions): Promise<Clients> {
    return new Clients(options, await loadDialect(options.dialect ?? 'socketcluster'));
  }

  private constructor(options: ClientsOptions, createDriver: CreateDriver) {
    const { count, port, path, tokens, dialect = 'socketcluster', talk = { kind: 'pings' } } = options;
    this.#options = options;
    this.#addresses = loopbackAddresses(Math.ceil(count / CLIENTS_PER_ADDRESS));
    const note = (client: number, cause: string): void => {
      this.ended.set(client, cause);
      if (!this.#stalled.has(client)) this.#trouble ??= cause;
    };
    const take = (client: number): void => {
      this.came += 1;
      this.onCame(client);
    };
    this.#driver = createDriver({
      users: count,
      behaviours: [behaviourOf(dialect, talk)],
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
        subscribed: () => {
          this.#subscribed += 1;
        },
        answer: take,
        push: take,
        refused: note,
        closed: note,
        response: ignore,
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
    await this.until(() => this.#opened === count, 'opened');
  }

  /** Subscribes the first so many; where words are plain, everybody hears everybody else. */
  async subscribe(count: number): Promise<void> {
    if (this.#options.dialect === 'plain') return;
    for (let client = 0; client < count; client += 1) this.#driver.subscribe(client, [CHANNEL]);
    await this.until(() => this.#subscribed === count, 'subscribed');
  }

  /** Sends pings, one client after the other, and waits for the answers. Gives their number. */
  async ping(count: number, perSecond: number): Promise<number> {
    const { count: clients } = this.#options;
    const all = this.came + count;
    await this.#pace(count, perSecond, (index) => this.send(index % clients, 1));
    await this.until(() => this.came === all, 'answered');
    return count;
  }

  /** Sends so many pings of one client in one write. */
  send(client: number, count: number): void {
    this.#driver.send(client, count);
  }

  /** Has one client publish. */
  publish(client: number, sequence: number): void {
    if (this.#options.dialect === 'plain') this.#driver.send(client, 1);
    else this.#driver.publish(client, { channel: CHANNEL, publisher: 0, sequence, intended: INTENDED });
  }

  /** Has one client stop to read, from when on it may be lost; or read again. */
  setReading(client: number, isReading: boolean): void {
    if (!isReading) this.#stalled.add(client);
    this.#driver.setReading(client, isReading);
  }

  /** Resets all connections. */
  close(): Promise<void> {
    return this.#driver.close();
  }

  /** Waits for something. @throws Error when it does not come in time, or a client was lost that reads. */
  async until(isDone: () => boolean, what: string): Promise<void> {
    const deadline = performance.now() + SETTLE_WITHIN_MS;
    while (!isDone()) {
      if (this.#trouble !== undefined || performance.now() > deadline) {
        const cause = this.#trouble ?? 'no word in time';
        throw new Error(`Cannot have all ${this.#options.count} clients ${what}: ${cause}`);
      }
      await tick();
    }
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
}

function tick(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, TICK_MS);
  });
}

function ignore(): void {}
