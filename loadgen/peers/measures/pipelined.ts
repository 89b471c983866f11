/** How many messages one worker answers when there are always some that wait for it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { PeerRow } from '../../results/index.ts';
import { costOf, keepFull } from '../load/index.ts';
import {
  clientsFigure,
  costFigures,
  costOfEach,
  type Measure,
  shareOfClients,
  withClients,
} from './measure.ts';

const NAME = 'pipelined';
const RATE = 'perSecond';
/** Part of the idle sockets that sends: so few that a read of one finds many messages. */
const SHARE = 0.005;
/** The most messages of one client under way. */
export const WINDOW = 64;
const CONNECTS_PER_SECOND = 1_000;
const FIRST_MS = 1_000;
const MS = 3_000;

/** Clients that never wait: `WINDOW` pings of each are unanswered all the time. */
export const pipelined: Measure = {
  name: NAME,
  lifetime: 'measure',
  figures: [
    { key: RATE, title: 'pipelined, answers', unit: '1/s', better: 'more' },
    ...costFigures('pipelined'),
    clientsFigure('pipelined'),
  ],
  async take(running, { sockets }) {
    const count = clientsOf(sockets);
    await running.ask('echo');
    const options = { count, perSecond: CONNECTS_PER_SECOND, apart: true };
    return withClients(running, options, async (clients) => {
      await clients.connect();
      const stop = keepFull(clients, { count, window: WINDOW });
      await sleep(FIRST_MS);
      const before = clients.came;
      let answers = 0;
      const cost = await costOf(running, async () => {
        await sleep(MS);
        answers = clients.came - before;
      });
      await stop();
      return { [RATE]: answers / cost.seconds, ...costOfEach(cost, answers), ...shareOfClients(cost) };
    });
  },
};

/** How many clients send, of so many idle sockets. */
export function clientsOf(sockets: number): number {
  return Math.ceil(sockets * SHARE);
}

/** The rate of the weakest of those that were measured; NaN when none was. */
export function weakestRate(rows: readonly PeerRow[]): number {
  const row = rows.find(({ measure, key }) => measure === NAME && key === RATE);
  const rates = row?.cells.flatMap((cell) => ('median' in cell ? [cell.median] : [])) ?? [];
  return rates.length === 0 ? Number.NaN : Math.min(...rates);
}
