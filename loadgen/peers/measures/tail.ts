/** How long answers take when all servers have to answer the same: most of what the weakest of them can. */
import { now, Ticker } from '../../gate/bench/generator/index.ts';
import { createHistogram, type Histogram } from '../../results/index.ts';
import { type Clients, costOf } from '../load/index.ts';
import { clientsFigure, type Measure, shareOfClients, withClients } from './measure.ts';
import { clientsOf, pipelined, weakestRate } from './pipelined.ts';

/** Of the rate at which the weakest subject answers pipelined messages. */
const LOAD = 0.7;
const CONNECTS_PER_SECOND = 1_000;
const FIRST_MS = 1_000;
const MS = 5_000;
const TICKS_PER_SECOND = 1_000;
const MICROS_PER_SECOND = 1e6;
const MICROS_PER_MS = 1_000;
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

/** Sends in turn and times the answers, which come to each client in the order of its messages. */
class Load {
  readonly times: Histogram = createHistogram();
  readonly #clients: Clients;
  readonly #count: number;
  readonly #due: number[][];
  #sent = 0;

  constructor(clients: Clients, count: number) {
    this.#clients = clients;
    this.#count = count;
    this.#due = Array.from({ length: count }, () => []);
    clients.onCame = (client) => {
      const due = this.#due[client]?.shift() ?? Number.NaN;
      this.times.record((now() - due) * MICROS_PER_SECOND);
    };
  }

  /** Sends for so many milliseconds and waits for the last answer. */
  async send(ticker: Ticker, { perSecond, ms }: { perSecond: number; ms: number }): Promise<void> {
    const before = this.#sent;
    await ticker.run(ms, (tick, due) => {
      const all = before + Math.floor(((tick + 1) * perSecond) / TICKS_PER_SECOND);
      for (; this.#sent < all; this.#sent += 1) {
        const client = this.#sent % this.#count;
        this.#due[client]?.push(due);
        this.#clients.send(client, 1);
      }
    });
    await this.#clients.until(() => this.#clients.came === this.#sent, 'answered');
  }
}
