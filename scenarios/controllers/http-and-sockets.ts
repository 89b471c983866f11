/** The application of the scenario `http-and-sockets`: a page for every request, a pong for every ping. */
import type { SCWorker } from '../../server/index.ts';

const PAGE = '<!doctype html><title>Bench</title><p>Hello</p>';

/** Runs in every worker. */
export function run(worker: SCWorker): void {
  worker.getHTTPServer().on('request', (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
  });
  let count = 0;
  worker.getSCServer().on('connection', (socket) => {
    socket.on('ping', () => {
      count += 1;
      socket.emit('pong', { count });
    });
  });
}
