/** The application of the scenario `calls`: a procedure that adds two numbers. */
import type { SCWorker } from '../../server/index.ts';

/** Runs in every worker. */
export function run(worker: SCWorker): void {
  worker.getSCServer().on('connection', (socket) => {
    socket.on('add', (data, respond) => {
      const { a, b } = data as { a: number; b: number };
      respond(null, a + b);
    });
  });
}
