/** What an answered message costs the server at part load, when most turns of its loop see one message. */
import { cpuMicros } from '../../host/index.ts';
import { type Measure, withClients } from './measure.ts';

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
  figures: [
    { key: 'process', title: 'echo, CPU of its process', unit: 'µs' },
    { key: 'all', title: 'echo, CPU of all processes', unit: 'µs' },
  ],
  async take(running, { sockets }) {
    const count = Math.ceil(sockets * SHARE);
    const perSecond = count * PER_SECOND_AND_CLIENT;
    await running.ask('echo');
    return withClients(running, { count, perSecond: CONNECTS_PER_SECOND }, async (clients) => {
      await clients.connect();
      await clients.ping(perSecond * FIRST_SECONDS, perSecond);
      const [before, beforeAll] = [cpuMicros([running.pid]), cpuMicros(running.pids)];
      const pings = await clients.ping(perSecond * SECONDS, perSecond);
      const [after, afterAll] = [cpuMicros([running.pid]), cpuMicros(running.pids)];
      return { process: (after - before) / pings, all: (afterAll - beforeAll) / pings };
    });
  },
};
