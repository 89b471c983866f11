/** What an idle socket takes: handshake done, no subscription, no listener of an application. */
import { type Memory, memoryOf } from '../../host/index.ts';
import type { Running } from '../subjects/index.ts';
import { type Measure, withClients } from './measure.ts';

/** A few, so that the first sockets do not pay for code that is loaded with them. */
const FIRST_SOCKETS = 100;
const PER_SECOND = 2_000;
const BYTES_PER_KB = 1_024;

/** Memory of an idle socket. */
export const memory: Measure = {
  name: 'memory',
  lifetime: 'round',
  figures: [
    { key: 'rss', title: 'idle socket, RSS after collection', unit: 'KB' },
    { key: 'private', title: 'idle socket, private pages after collection', unit: 'KB' },
    { key: 'rssGrown', title: 'idle socket, RSS as it has grown', unit: 'KB' },
  ],
  async take(running, { sockets }) {
    await withClients(running, { count: FIRST_SOCKETS, perSecond: PER_SECOND }, (clients) =>
      clients.connect(),
    );
    const empty = await collected(running, 0);
    return withClients(running, { count: sockets, perSecond: PER_SECOND }, async (clients) => {
      await clients.connect();
      const grown = memoryOf(running.pid);
      const full = await collected(running, sockets);
      const perSocket = (bytes: number): number => bytes / BYTES_PER_KB / sockets;
      return {
        rss: perSocket(full.rss - empty.rss),
        private: perSocket(full.private - empty.private),
        rssGrown: perSocket(grown.rss - empty.rss),
      };
    });
  },
};

/** Memory without what nobody holds. @throws Error when the server holds another number of sockets. */
async function collected(running: Running, wanted: number): Promise<Memory> {
  const { sockets } = await running.ask('collect');
  if (sockets !== wanted) {
    throw new Error(`Cannot measure "memory": the server holds ${sockets} sockets, wanted ${wanted}`);
  }
  return memoryOf(running.pid);
}
