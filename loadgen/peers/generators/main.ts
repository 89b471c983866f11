/** Entry of the process of the server that generators load. */
import { runChild } from '../../../server/process/index.ts';
import { serveEcho } from './echo-server.ts';

const parent = runChild<object>({
  async start() {
    const { port } = await serveEcho((tally) => parent.send({ type: 'tally', tally }));
    return { port };
  },
  stop: () => Promise.resolve(),
});
