/** What becomes of a server, and of a reader, that stops reading while much is published to it. */
import { memoryOf } from '../../host/index.ts';
import type { Clients } from '../load/index.ts';
import type { Running } from '../subjects/index.ts';
import { type Measure, withClients } from './measure.ts';

/** 200 MB for as many idle sockets as there usually are; both read as much before, as heaps grow by that alone. */
const BYTES_PER_SOCKET = 20_000;
const PAYLOAD_BYTES = 16_384;
/** Publications under way: the witness sets the pace. */
const UNDER_WAY = 16;
const CONNECTS_PER_SECOND = 1_000;
const LOOK_EVERY_MS = 50;
const BYTES_PER_MB = 1e6;

/** The one that stops, one that reads all the time, and one that publishes. */
const [READER, WITNESS, PUBLISHER] = [0, 1, 2] as const;
const SUBSCRIBERS = 2;

/** Close code of a connection that ended without one (RFC 6455, 7.1.5). */
const ABNORMAL = 1006;

/** One reader stalls, another does not. */
export const stalled: Measure = {
  name: 'stalled',
  lifetime: 'round',
  needs: 'slow readers',
  figures: [
    { key: 'grown', title: 'stalled reader, RSS after all was published and collected', unit: 'MB' },
    { key: 'peak', title: 'stalled reader, most RSS meanwhile', unit: 'MB' },
    {
      key: 'code',
      title: 'stalled reader, closed with code (0: it is not)',
      unit: '',
      better: 'neither',
    },
  ],
  async take(running, { sockets }) {
    const publications = Math.ceil((sockets * BYTES_PER_SOCKET) / PAYLOAD_BYTES);
    await running.ask('channels');
    const options = {
      count: PUBLISHER + 1,
      perSecond: CONNECTS_PER_SECOND,
      talk: { kind: 'publications', payloadBytes: PAYLOAD_BYTES },
    } as const;
    return withClients(running, options, async (clients) => {
      await clients.connect();
      await clients.subscribe(SUBSCRIBERS);
      const scene = new Scene(clients);
      await scene.publish(publications);
      await clients.until(() => scene.read[READER] === scene.published, 'served');
      await running.ask('collect');
      const before = memoryOf(running.pid).rss;
      clients.setReading(READER, false);
      const peak = await highest(running, () => scene.publish(publications));
      await running.ask('collect');
      const after = memoryOf(running.pid).rss;
      const code = await scene.closeCode();
      return { grown: (after - before) / BYTES_PER_MB, peak: (peak - before) / BYTES_PER_MB, code };
    });
  },
};

/** The most memory that is seen while something goes on, bytes. */
async function highest({ pid }: Running, act: () => Promise<void>): Promise<number> {
  let most = memoryOf(pid).rss;
  const look = (): void => {
    most = Math.max(most, memoryOf(pid).rss);
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  await act();
  clearInterval(timer);
  look();
  return most;
}

/** The three clients. */
class Scene {
  published = 0;
  /** What each subscriber has read. */
  readonly read: [reader: number, witness: number] = [0, 0];
  readonly #clients: Clients;
  #left = 0;

  constructor(clients: Clients) {
    this.#clients = clients;
    clients.onCame = (client) => {
      if (client === READER) this.read[READER] += 1;
      else this.read[WITNESS] += 1;
      if (client === WITNESS) this.#publishSome();
    };
  }

  /** Publishes so many, as fast as the witness reads, which has read all then. */
  async publish(count: number): Promise<void> {
    this.#left = count;
    this.#publishSome();
    await this.#clients.until(
      () => this.#left === 0 && this.read[WITNESS] === this.published,
      'served, the witness at least',
    );
  }

  /** Lets the reader read again. Gives the code with which it is closed, 0 when it catches up. */
  async closeCode(): Promise<number> {
    const { ended } = this.#clients;
    this.#clients.setReading(READER, true);
    await this.#clients.until(() => ended.has(READER) || this.read[READER] === this.published, 'at an end');
    const [, code = ABNORMAL] = /^close-(\d+)$/.exec(ended.get(READER) ?? '') ?? [];
    return ended.has(READER) ? Number(code) : 0;
  }

  #publishSome(): void {
    for (; this.#left > 0 && this.published - this.read[WITNESS] < UNDER_WAY; this.#left -= 1) {
      this.#clients.publish(PUBLISHER, this.published);
      this.published += 1;
    }
  }
}
