/** Entry of the worker: the application of SocketCluster 14 while it is measured. */
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { obey } from '../control.ts';
import { control, type EmittingServer, type EmittingSocket } from '../ours.ts';
import type { WorkerReport } from './cluster.ts';

interface Worker {
  httpServer: Server;
  scServer: EmittingServer & { clients: Record<string, EmittingSocket> };
  sendToMaster(report: WorkerReport): void;
}

interface WorkerClass {
  create(options: { run(this: Worker): void }): Worker;
}

// What the master was started with; its library reads it here too.
const { packages } = JSON.parse(process.env['workerInitOptions'] ?? '{}') as { packages: string };
const library = createRequire(packages)('socketcluster/scworker') as WorkerClass;

library.create({
  run() {
    const { httpServer, scServer } = this;
    obey(control(httpServer, { server: scServer, sockets: () => Object.values(scServer.clients) }));
    httpServer.once('listening', () => {
      this.sendToMaster({ port: (httpServer.address() as AddressInfo).port, pid: process.pid });
    });
  },
});
