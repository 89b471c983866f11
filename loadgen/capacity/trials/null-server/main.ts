/** A server that does nothing but answer, in a process of its own. */
import { type AddressInfo, createServer } from 'node:net';
import { runChild } from '../../../../server/process/index.ts';
import { Answers } from './answers.ts';
import { Connection, Outbox } from './connection.ts';
import type { NullServerReady, NullServerStart } from './start.ts';

const server = createServer({ noDelay: true });

runChild<NullServerStart>({
  async start({ reply }): Promise<NullServerReady> {
    const answers = new Answers<Connection>(reply);
    const outbox = new Outbox();
    server.on('connection', (socket) => {
      const connection = new Connection(socket, answers, outbox);
      socket.on('data', (chunk) => connection.hear(chunk));
      socket.on('error', () => {}); // Load processes end their connections by reset.
      socket.on('close', () => answers.forget(connection));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return { port: (server.address() as AddressInfo).port };
  },
  // Its sockets are those of a run that is over: there is nothing to end in order.
  stop: () => Promise.resolve(),
});
