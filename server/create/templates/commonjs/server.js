/** Starts the cluster: `node server.js`. Ctrl-C ends it, after its clients have been sent away. */
const { join } = require('node:path');
const { SocketCluster } = require('socketcluster');

const cluster = new SocketCluster({
  appName: '{{name}}',
  port: Number(process.env.SOCKETCLUSTER_PORT ?? 8000),
  // Each worker is a process that holds clients and runs worker.js. Use as many as there are cores to spare.
  workers: 2,
  // Brokers carry publications from worker to worker.
  brokers: 1,
  workerController: join(__dirname, 'worker.js'),
});

// A worker that crashes is started again; its clients come back by themselves.
cluster.on('workerExit', ({ id, expected }) => {
  if (!expected) {
    console.warn(`Worker ${id} crashed.`);
  }
});
