/** A load process on another host, as its coordinator sees one on its own: the same words go both ways. */
import type { Child, Exit, Message } from '../../../server/process/index.ts';
import type { EndsReport } from '../../agent/index.ts';
import type { Order } from '../../bus/index.ts';

/** How a load process is reached. */
export interface RemoteLine {
  order(order: Order): void;
  /** The agent's own clock at an instant of this process's clock, milliseconds. */
  toAgentClock(ms: number): number;
}

export class RemoteChild implements Child {
  readonly pid: number;
  readonly #process: number;
  readonly #line: RemoteLine;
  readonly #listeners: ((message: Message) => void)[] = [];
  /** What it said before anybody listened: several words may come over the bus at once. */
  readonly #unheard: Message[] = [];
  readonly #exited: Promise<Exit>;
  #exit: (exit: Exit) => void = () => {};

  constructor(process: number, pid: number, line: RemoteLine) {
    this.#process = process;
    this.pid = pid;
    this.#line = line;
    this.#exited = new Promise((resolve) => {
      this.#exit = resolve;
    });
  }

  /** Its share went there with the bundle, so `start` is not said; the common start is told by the clock of its host. */
  send(message: Message): void {
    const order = (told: Extract<Order, { type: 'tell' }>['message']): void =>
      this.#line.order({ type: 'tell', process: this.#process, message: told });
    if (message.type === 'go') {
      const at = Number(message['at']);
      order({ type: 'go', at, monotonicMs: this.#line.toAgentClock(at) });
    }
    if (message.type === 'ends') order(message as Message & EndsReport);
    if (message.type === 'abort') order({ type: 'abort' });
    if (message.type === 'stop') order({ type: 'stop', withinMs: Number(message['withinMs']) });
  }

  onMessage(listener: (message: Message) => void): void {
    this.#listeners.push(listener);
    for (const message of this.#unheard.splice(0)) listener(message);
  }

  onExit(listener: (exit: Exit) => void): void {
    void this.#exited.then(listener);
  }

  /** There is one way to end it from here. */
  kill(): void {
    this.#line.order({ type: 'kill', process: this.#process });
  }

  /** Passes on what it said. */
  said(message: Message): void {
    if (this.#listeners.length === 0) this.#unheard.push(message);
    for (const listener of this.#listeners) listener(message);
  }

  /** Tells how it ended; only the first time counts. */
  ended(exit: Exit): void {
    this.#exit(exit);
  }
}
