/**
 * The application of the ping/pong scenarios: every `ping` is answered by a `pong` with the number of
 * pings this worker has seen.
 */
import type { SCWorker } from '../../server/index.ts';

/** Runs in every worker. */
export function run(worker: SCWorker): void {
  let count = 0;
  worker.getSCServer().on('connection', (socket) => {
    socket.on('ping', () => {
      count += 1;
      socket.emit('pong', { count });
    });
  });
}
