/** The lines to the applications in a server's workers. They come in over a socket of this host. */
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { ClusterError } from '../../../../server/errors/index.ts';
import type { Question } from '../application/index.ts';

/** Answers come in the order of the questions. */
interface Line {
  readonly socket: Socket;
  readonly waiting: ((answer: string | undefined) => void)[];
}

/** All workers of one server. */
export class Lines {
  readonly #server: Server;
  readonly #lines = new Set<Line>();
  #joined = (): void => {};

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => this.#add(socket));
  }

  /** Listens at a path that is free. */
  static async open(path: string): Promise<Lines> {
    const server = createServer();
    const lines = new Lines(server);
    await once(server.listen(path), 'listening');
    return lines;
  }

  /** Resolves once so many workers are there. @throws ClusterError PROCESS_FAILED when they do not come in time. */
  async joined(workers: number, withinMs: number): Promise<void> {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      this.#joined();
    }, withinMs);
    while (this.#lines.size < workers && !isLate) {
      await new Promise<void>((resolve) => {
        this.#joined = resolve;
      });
    }
    clearTimeout(timer);
    if (this.#lines.size >= workers) return;
    const sentence = `Cannot reach the application in all workers: ${this.#lines.size} are there, wanted ${workers}`;
    throw new ClusterError(sentence, { code: 'PROCESS_FAILED' });
  }

  /** Asks all workers; gives one answer of each. A worker that is gone answers nothing. */
  async ask<Answer>(question: Question): Promise<Answer[]> {
    const answers = await Promise.all([...this.#lines].map((line) => askOne<Answer>(line, question)));
    return answers.flatMap((answer) => (answer === undefined ? [] : [answer]));
  }

  /** Hangs up. */
  close(): void {
    this.#server.close();
    for (const { socket } of this.#lines) socket.destroy();
  }

  #add(socket: Socket): void {
    const line: Line = { socket, waiting: [] };
    this.#lines.add(line);
    const ignore = (): void => {};
    socket.on('error', ignore);
    const answers = createInterface({ input: socket }).on('error', ignore);
    answers.on('line', (answer) => line.waiting.shift()?.(answer));
    socket.on('close', () => {
      this.#lines.delete(line);
      for (const settle of line.waiting.splice(0)) settle(undefined);
    });
    this.#joined();
  }
}

async function askOne<Answer>({ socket, waiting }: Line, question: Question): Promise<Answer | undefined> {
  socket.write(`${question}\n`);
  const answer = await new Promise<string | undefined>((resolve) => waiting.push(resolve));
  return answer === undefined ? undefined : (JSON.parse(answer) as Answer);
}
