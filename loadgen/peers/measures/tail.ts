/** How long answers take when all servers have to answer the same: most of what the weakest of them can. */
import { now, Ticker } from '../../gate/bench/generator/index.ts';
import { createHistogram, type Histogram } from '../../results/index.ts';
import { type Clients, costOf } from '../load/index.ts';
import { clientsFigure, type Measure, shareOfClients, withClients } from './measure.ts';
import { clientsOf, pipelined, WINDOW, weakestRate } from './pipelined.ts';

/** Of the rate at which the weakest subject answers pipelined messages. */
const LOAD = 0.7;
const CONNECTS_PER_SECOND = 1_000;
const FIRST_MS = 1_000;
const MS = 5_000;
const TICKS_PER_SECOND = 1_000;
const MICROS_PER_SECOND = 1e6;
const MICROS_PER_MS = 1_000;
/** Messages of one client in a row: the servers read several at once, as they did when their rate was measured. */
const RUN = 16;
const WHAT = 'answer at 70 % of what the weakest can';

/** Messages leave every millisecond, those that are due together, and are timed from when they were due. */
export const tail: Measure = {
  name: 'tail',
  lifetime: 'measure',
  after: pipelined.name,
  figures: [
    { key: 'p50', title: `${WHAT}, p50`, unit: 'ms' },
    { key: 'p99', title: `${WHAT}, p99`, unit: 'ms' },
    { key: 'offered', title: `${WHAT}, messages`, unit: '1/s', better: 'neither' },
    clientsFigure(WHAT),
  ],
  async take(running, { sockets, rows = [] }) {
    const count = clientsOf(sockets);
    const perSecond = LOAD * weakestRate(rows);
    if (!(perSecond > 0)) {
      throw new RangeError('Cannot measure "tail": nobody was measured before, wanted is "pipelined"');
    }
    await running.ask('echo');
    const options = { count, perSecond: CONNECTS_PER_SECOND, apart: true };
    return withClients(running, options, async (clients) => {
      await clients.connect();
      const load = new Load(clients, count);
      const ticker = new Ticker();
      try {
        await load.send(ticker, { perSecond, ms: FIRST_MS });
        load.times.reset();
        const cost = await costOf(running, () => load.send(ticker, { perSecond, ms: MS }));
        const { times } = load;
        return {
          p50: times.quantile(0.5) / MICROS_PER_MS,
          p99: times.quantile(0.99) / MICROS_PER_MS,
          offered: perSecond,
          ...shareOfClients(cost),
        };
      } finally {
        ticker.close();
        load.times.destroy();
      }
    });
  },
};

/**
 * Sends in turn and times the answers, which come to each client in the order of its messages. A client has no more of
 * them under way than it had when the rate was measured; those due meanwhile leave as answers come, and are timed from
 * when they were due.
 */
class Load {
  readonly times: Histogram = createHistogram();
  readonly #clients: Clients;
  readonly #count: number;
  /** When messages that were not answered yet were due, of each client. */
  readonly #due: number[][];
  /** How many of these have left. */
  readonly #underWay: Uint32Array;
  /** Clients that send when all that is due, or was read, at once has been told. */
  readonly #woken = new Set<number>();
  #asked = 0;

  constructor(clients: Clients, count: number) {
    this.#clients = clients;
    this.#count = count;
    this.#due = Array.from({ length: count }, () => []);
    this.#underWay = new Uint32Array(count);
    clients.onCame = (client) => {
      const due = this.#due[client]?.shift() ?? Number.NaN;
      this.times.record((now() - due) * MICROS_PER_SECOND);
      this.#underWay[client] = (this.#underWay[client] ?? 0) - 1;
      this.#wake(client);
    };
  }

  /** Sends for so many milliseconds and waits for the last answer. */
  async send(ticker: Ticker, { perSecond, ms }: { perSecond: number; ms: number }): Promise<void> {
    const before = this.#asked;
    await ticker.run(ms, (tick, due) => {
      const all = before + Math.floor(((tick + 1) * perSecond) / TICKS_PER_SECOND);
      for (; this.#asked < all; this.#asked += 1) {
        const client = Math.floor(this.#asked / RUN) % this.#count;
        this.#due[client]?.push(due);
        this.#wake(client);
      }
    });
    await this.#clients.until(() => this.#clients.came === this.#asked, 'answered');
  }

  #wake(client: number): void {
    this.#woken.add(client);
    if (this.#woken.size === 1) queueMicrotask(() => this.#sendAll());
  }

  #sendAll(): void {
    for (const client of this.#woken) {
      const underWay = this.#underWay[client] ?? 0;
      const next = Math.min(WINDOW, this.#due[client]?.length ?? 0);
      this.#underWay[client] = Math.max(underWay, next);
      if (next > underWay) this.#clients.send(client, next - underWay);
    }
    this.#woken.clear();
  }
}
