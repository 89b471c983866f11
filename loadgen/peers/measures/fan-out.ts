/** What it costs to deliver a publication to many: one that comes alone, and ten that come at once, again and again. */
import { now, Ticker } from '../../gate/bench/generator/index.ts';
import { type Clients, costOf } from '../load/index.ts';
import {
  clientsFigure,
  costFigures,
  costOfEach,
  type Measure,
  shareOfClients,
  withClients,
} from './measure.ts';

/** Part of the idle sockets that subscribes. One client more publishes. */
const SHARE = 0.1;
const CONNECTS_PER_SECOND = 1_000;
const PAYLOAD_BYTES = 64;

/** Slow enough that each is delivered before the next one comes. */
const SINGLE = { every: 50, publications: 1, most: Number.POSITIVE_INFINITY };
const SINGLE_MS = { first: 500, counted: 5_000 };
/**
 * More than any server delivers to 1,000. What more than `most` publications are behind waits, so that all of them have as
 * much before them and none has to hold what it could not send for ever.
 */
const BURST = { every: 5, publications: 10, most: 100 };
const BURST_MS = { first: 500, counted: 3_000 };

/** How publications leave: so many every so many milliseconds, unless more than `most` are not yet delivered to all. */
interface Rhythm {
  every: number;
  publications: number;
  most: number;
}

/** One publication in a turn of the server's loop. */
export const fanOutSingle: Measure = {
  name: 'fanout-single',
  lifetime: 'measure',
  figures: costFigures('delivery, 1 publication a turn'),
  take: (running, { sockets }) =>
    withSubscribers(running, sockets, async (publisher) => {
      await publisher.publish(SINGLE, SINGLE_MS.first);
      await publisher.settle();
      let deliveries = 0;
      const cost = await costOf(running, async () => {
        deliveries = await publisher.publish(SINGLE, SINGLE_MS.counted);
        deliveries += await publisher.settle();
      });
      return costOfEach(cost, deliveries);
    }),
};

/** Ten publications every 5 ms, as many of them as the server takes. */
export const fanOutBurst: Measure = {
  name: 'fanout-burst',
  lifetime: 'measure',
  figures: [
    { key: 'perSecond', title: 'deliveries, 10 publications every 5 ms', unit: '1/s', better: 'more' },
    ...costFigures('delivery, 10 publications every 5 ms'),
    clientsFigure('10 publications every 5 ms'),
  ],
  take: (running, { sockets }) =>
    withSubscribers(running, sockets, async (publisher) => {
      await publisher.publish(BURST, BURST_MS.first);
      let deliveries = 0;
      const cost = await costOf(running, async () => {
        deliveries = await publisher.publish(BURST, BURST_MS.counted);
      });
      await publisher.settle();
      return {
        perSecond: deliveries / cost.seconds,
        ...costOfEach(cost, deliveries),
        ...shareOfClients(cost),
      };
    }),
};

async function withSubscribers<Result>(
  running: Parameters<Measure['take']>[0],
  sockets: number,
  use: (publisher: Publisher) => Promise<Result>,
): Promise<Result> {
  const subscribers = Math.ceil(sockets * SHARE);
  await running.ask('channels');
  const options = {
    count: subscribers + 1,
    perSecond: CONNECTS_PER_SECOND,
    talk: { kind: 'publications', payloadBytes: PAYLOAD_BYTES },
    apart: true,
  } as const;
  return withClients(running, options, async (clients) => {
    await clients.connect();
    await clients.subscribe(subscribers);
    const ticker = new Ticker();
    try {
      return await use(new Publisher(clients, subscribers, ticker));
    } finally {
      ticker.close();
    }
  });
}

/** The one client that publishes, to all others. */
class Publisher {
  readonly #clients: Clients;
  readonly #subscribers: number;
  readonly #ticker: Ticker;
  #published = 0;

  constructor(clients: Clients, subscribers: number, ticker: Ticker) {
    this.#clients = clients;
    this.#subscribers = subscribers;
    this.#ticker = ticker;
  }

  /** Publishes for so many milliseconds. Gives the deliveries that came meanwhile. */
  async publish({ every, publications, most }: Rhythm, milliseconds: number): Promise<number> {
    const before = this.#clients.came;
    const end = now() + milliseconds / 1_000;
    await this.#ticker.run(milliseconds, (tick) => {
      // Ticks that a busy process has slept through are made up for, but not beyond the end.
      if (tick % every !== 0 || now() > end) return;
      for (let left = publications; left > 0 && this.#behind < most; left -= 1) {
        this.#clients.publish(this.#subscribers, this.#published);
        this.#published += 1;
      }
    });
    return this.#clients.came - before;
  }

  /** Waits for the last delivery. Gives how many came meanwhile. */
  async settle(): Promise<number> {
    const before = this.#clients.came;
    const all = this.#published * this.#subscribers;
    await this.#clients.until(() => this.#clients.came === all, 'served');
    return this.#clients.came - before;
  }

  /** Publications that are not yet delivered to all. */
  get #behind(): number {
    return this.#published - this.#clients.came / this.#subscribers;
  }
}
