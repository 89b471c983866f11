/**
 * The application of the scenario `presence`: every worker tells a room who joins it and who leaves, and knows how many
 * of its own clients are there.
 */
import type { SCWorker } from '../../server/index.ts';

/** Runs in every worker. */
export function run(worker: SCWorker): void {
  const server = worker.getSCServer();
  const members = new Map<string, number>();
  const move = (room: string, change: 1 | -1): void => {
    const count = (members.get(room) ?? 0) + change;
    if (count > 0) members.set(room, count);
    else members.delete(room);
    void server.exchange.publish(room, { change });
  };
  server.on('connection', (socket) => {
    socket.on('join', (data, respond) => {
      const room = String(data);
      move(room, 1);
      socket.on('disconnect', () => move(room, -1));
      respond(null);
    });
    socket.on('count', (room, respond) => respond(null, members.get(String(room)) ?? 0));
  });
}
