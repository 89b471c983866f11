/** Entry of the process of a server that has only one. */
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { runChild } from '../../../server/process/index.ts';
import { obey } from './control.ts';
import { createOurs } from './ours.ts';
import type { ServerName, ServerStart } from './server-start.ts';
import { createSocketCluster20 } from './socketcluster-20.ts';

const servers = {
  'ours-attached': createOurs,
  'socketcluster-20': createSocketCluster20,
} as const satisfies Record<ServerName, unknown>;

runChild<ServerStart>({
  async start({ name, packages, authKey }) {
    const controlled = servers[name](createRequire(packages), authKey);
    obey(controlled);
    const { httpServer } = controlled;
    await new Promise<void>((resolve, reject) => {
      httpServer.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return { port: (httpServer.address() as AddressInfo).port };
  },
  // Its sockets are the measure's own, and closed already: there is nothing to end in order.
  stop: () => Promise.resolve(),
});
