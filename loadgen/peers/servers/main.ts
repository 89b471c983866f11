/** Entry of the process of a server from a package: the whole of it, or the first of several. */
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { runChild } from '../../../server/process/index.ts';
import { makeTemporaryFolder } from '../../results/index.ts';
import { type Controlled, obey } from './control.ts';
import { createOurs } from './ours.ts';
import type { ServerName, ServerStart, ServerStarted } from './server-start.ts';
import { createSocketIo } from './socket-io.ts';
import { startSocketCluster14 } from './socketcluster-14/index.ts';
import { createSocketCluster20 } from './socketcluster-20.ts';
import { createWs } from './ws.ts';

type Load = NodeJS.Require;

/** What is to be put away in the end. Sockets are the measure's own, and closed already. */
let clean = (): Promise<void> => Promise.resolve();

const servers: Record<ServerName, (load: Load, start: ServerStart) => Promise<ServerStarted>> = {
  'ours-attached': here(createOurs),
  'socketcluster-20': here(createSocketCluster20),
  'socketcluster-14': async (load, start) => {
    const socketRoot = await makeTemporaryFolder('scbench-socketcluster');
    clean = () => rm(socketRoot, { recursive: true, force: true });
    return startSocketCluster14(load, { ...start, socketRoot });
  },
  'socket.io': here(createSocketIo),
  ws: here(createWs),
};

runChild<ServerStart>({
  start: (start) => servers[start.name](createRequire(start.packages), start),
  stop: () => clean(),
});

/** A server of this process alone. */
function here(create: (load: Load, authKey: string) => Controlled): (typeof servers)[ServerName] {
  return async (load, { authKey }) => {
    const controlled = create(load, authKey);
    obey(controlled);
    const { httpServer } = controlled;
    await new Promise<void>((resolve, reject) => {
      httpServer.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    const { port } = httpServer.address() as AddressInfo;
    return { port, pid: process.pid, pids: [process.pid] };
  };
}
