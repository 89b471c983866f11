/** The application of the scenario `authenticated`: only users with a token get in and are answered. */
import type { SCWorker } from '../../server/index.ts';

/** Runs in every worker. */
export function run(worker: SCWorker): void {
  const server = worker.getSCServer();
  server.addMiddleware(server.MIDDLEWARE_EMIT, ({ socket }, next) => {
    next(socket.authState === 'authenticated' ? undefined : new Error('Only users with a token may call'));
  });
  server.on('connection', (socket) => {
    socket.on('whoami', (_data: unknown, respond: (error: null, answer: unknown) => void) => {
      respond(null, { team: socket.authToken?.['team'] });
    });
  });
}
