/**
 * The server's side, loaded by every worker.
 *
 * @param {import('socketcluster-bench').SCWorker} worker
 */
export function run(worker) {
  worker.getSCServer().on('connection', (socket) => {
    socket.on('add', (data, respond) => {
      const { a, b } = /** @type {{ a: number, b: number }} */ (data);
      respond(null, a + b);
    });
  });
}
