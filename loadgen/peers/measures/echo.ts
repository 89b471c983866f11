/** What an answered message costs the server at part load, when most turns of its loop see one message. */
import { costOf } from '../load/index.ts';
import { costFigures, costOfEach, type Measure, withClients } from './measure.ts';

/** Part of the idle sockets that sends. */
const SHARE = 0.1;
const PER_SECOND_AND_CLIENT = 5;
const SECONDS = 6;
/** Part of the round that goes before, for code to get hot. */
const FIRST_SECONDS = 1;
const CONNECTS_PER_SECOND = 1_000;

/** A `ping` answered by a `pong`. */
export const echo: Measure = {
  name: 'echo',
  lifetime: 'measure',
  figures: costFigures('echo'),
  async take(running, { sockets }) {
    const count = Math.ceil(sockets * SHARE);
    const perSecond = count * PER_SECOND_AND_CLIENT;
    await running.ask('echo');
    return withClients(running, { count, perSecond: CONNECTS_PER_SECOND }, async (clients) => {
      await clients.connect();
      await clients.ping(perSecond * FIRST_SECONDS, perSecond);
      const pings = perSecond * SECONDS;
      const cost = await costOf(running, async () => {
        await clients.ping(pings, perSecond);
      });
      return costOfEach(cost, pings);
    });
  },
};
