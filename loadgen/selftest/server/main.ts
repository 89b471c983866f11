/** A server whose delays are known, in a process of its own: what it does to its event loop is nobody else's harm. */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { type Message, runChild } from '../../../server/process/index.ts';
import { takePrecedence } from '../../host/index.ts';
import { Conversation } from './conversation.ts';
import { Desk } from './desk.ts';
import type { ServerReady, ServerStart } from './messages.ts';
import { type AnswerAt, createDelays } from './pathology.ts';
import { Witness } from './witness.ts';

/** When what is measured begins, on the clock of `performance.now()`. */
let beginsAt = performance.now();
let witness = new Witness({ from: 0, until: 0 });
let connections = 0;

const desk = new Desk((worker, readAt, at) => {
  witness.record(worker, performance.timeOrigin + at, at - readAt);
});
const server = createServer({ noDelay: true });

const parent = runChild<ServerStart>({
  async start({ pathology, seed }): Promise<ServerReady> {
    takePrecedence('real-time');
    const answerAt = createDelays(pathology, seed);
    const workers = pathology.kind === 'slow-worker' ? pathology.workers : 1;
    server.on('connection', (socket) => converse(socket, connections++ % workers, answerAt));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return { port: (server.address() as AddressInfo).port };
  },

  // Its sockets are those of a run that is over: there is nothing to end in order.
  async stop() {
    desk.close();
  },

  message: obey,
});

function converse(socket: Socket, worker: number, answerAt: AnswerAt): void {
  const conversation = new Conversation(String(worker), {
    handshake: (answer) => socket.write(answer),
    question(bytes) {
      const readAt = performance.now();
      const dueAt = beginsAt + answerAt(readAt - beginsAt, worker);
      desk.add({ dueAt, readAt, worker, recipient: socket, bytes });
    },
  });
  socket.on('data', (chunk) => conversation.hear(chunk));
  socket.on('error', () => {}); // Load processes end their connections by reset.
}

function obey(message: Message): void {
  if (message.type === 'begin') {
    const span = { from: Number(message['from']), until: Number(message['until']) };
    beginsAt = span.from - performance.timeOrigin;
    witness = new Witness(span);
  } else if (message.type === 'tell') {
    const worker = message['worker'] as number | undefined;
    parent.send({ type: 'given', delaysMs: witness.tell(message['shares'] as number[], worker) });
  }
}
