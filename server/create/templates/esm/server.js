/** Starts the cluster: `node server.js`. Ctrl-C ends it, after its clients have been sent away. */
import { fileURLToPath } from 'node:url';
import { SocketCluster } from 'socketcluster';

const cluster = new SocketCluster({
  appName: '{{name}}',
  port: Number(process.env.SOCKETCLUSTER_PORT ?? 8000),
  // Each worker is a process that holds clients and runs worker.js. Use as many as there are cores to spare.
  workers: 2,
  // Brokers carry publications from worker to worker.
  brokers: 1,
  workerController: fileURLToPath(new URL('worker.js', import.meta.url)),
});

// A worker that crashes is started again; its clients come back by themselves.
cluster.on('workerExit', ({ id, expected }) => {
  if (!expected) {
    console.warn(`Worker ${id} crashed.`);
  }
});
