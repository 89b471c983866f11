/**
 * The server's side, loaded by every worker.
 *
 * @param {import('socketcluster-bench').SCWorker} worker
 */
export function run(worker) {
  let count = 0;
  worker.getSCServer().on('connection', (socket) => {
    socket.on('ping', () => {
      count += 1;
      socket.emit('pong', { count });
    });
  });
}
