/**
 * The server's side, loaded by every worker.
 *
 * @param {import('socketcluster-bench').SCWorker} worker
 */
export function run(worker) {
  worker.getSCServer().on('connection', (socket) => {
    socket.on('add', ({ a, b }, respond) => respond(null, a + b));
  });
}
