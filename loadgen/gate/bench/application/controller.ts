/**
 * The application in the workers of both builds: it answers a call, tells the bench what the heap does, and holds the
 * injection of a candidate that is to be worse. Channels need no application.
 */
import { answerAt } from './line.ts';
import { plant, wayOf } from './plant.ts';
import { readStart } from './start.ts';
import { serverOf, type Worker } from './worker.ts';

/** Runs in every worker. */
export function run(worker: Worker): void {
  const { line, planted } = readStart(process.env);
  const power = { isOn: true };
  answerAt(line, power);
  const server = serverOf(worker);
  let count = 0;
  const way = planted && wayOf(planted);
  if (planted !== null) plant(server, planted, power);
  server.on('connection', (socket) => {
    socket.on('ping', (_data, respond) => {
      count += 1;
      const answer = { count };
      if (way === null || !power.isOn) respond(null, answer);
      else way(() => respond(null, answer));
    });
  });
}
