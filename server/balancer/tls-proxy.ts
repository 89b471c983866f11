/**
 * Carries a connection whose TLS ended here to a worker's unix socket and back. Each side is read only as
 * fast as the other takes it.
 */
import { connect, type Socket } from 'node:net';

/**
 * Joins a client with the worker that listens at `path`. `head` goes to the worker first. Both ends go when
 * either goes, after what it still had to say.
 *
 * @param unreachable Called instead when the worker does not answer; the client is still open.
 */
export function proxy(client: Socket, path: string, head: Buffer, unreachable: () => void): void {
  const worker = connect({ path, allowHalfOpen: true });
  const giveUp = (): void => {
    client.off('close', dropWorker);
    unreachable();
  };
  const dropWorker = (): void => {
    worker.off('error', giveUp);
    worker.on('error', ignore);
    worker.destroySoon();
  };
  worker.once('error', giveUp);
  client.once('close', dropWorker);
  worker.once('connect', () => {
    worker.off('error', giveUp);
    worker.on('error', ignore);
    worker.once('close', () => client.destroySoon());
    worker.write(head);
    client.pipe(worker);
    worker.pipe(client);
  });
}

/** The close that follows an error ends the other side. */
function ignore(): void {}
