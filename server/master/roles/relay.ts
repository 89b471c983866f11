/**
 * Stands between balancers and workers: passes connections on from the one that received to the one that was
 * chosen, and tells the balancers what they choose by. Nothing is read from a connection on its way.
 */

import type { Handle } from '../../process/handover/index.ts';
import type { Message } from '../../process/index.ts';

/** A worker as the relay needs it. */
export interface Receiver {
  sendHandle(message: Message, handle: Handle, settled: () => void): void;
}

/** Connections that may wait for one worker; it has been standing still for a while then. */
const MOST_WAITING = 1_024;
/** From so many waiting connections on a worker counts as full. */
const MANY_WAITING = 64;
/** Pause between two rounds of figures, milliseconds. */
const ROUND_MS = 1_000;

interface Running {
  /** Handles the system has not taken yet. */
  waiting: Set<Handle>;
  /** Clients by its latest snapshot, plus those dealt to it since. */
  connections: number;
  isFull: boolean;
}

export class Relay {
  readonly #receivers = new Map<number, Receiver>();
  readonly #running = new Map<number, Running>();
  readonly #tellBalancers: (message: Message) => void;
  readonly #timer: NodeJS.Timeout;

  constructor(tellBalancers: (message: Message) => void) {
    this.#tellBalancers = tellBalancers;
    this.#timer = setInterval(() => this.tell(), ROUND_MS);
    this.#timer.unref();
  }

  /** Stops the rounds. */
  stop(): void {
    clearInterval(this.#timer);
  }

  /** The workers that run, as balancers are told of them. */
  round(): { running: { id: number; connections: number; isFull: boolean }[] } {
    const running = [...this.#running].map(([id, { connections, isFull, waiting }]) => ({
      id,
      connections,
      isFull: isFull || waiting.size >= MANY_WAITING,
    }));
    return { running };
  }

  /** Tells all balancers. */
  tell(): void {
    this.#tellBalancers({ type: 'workers', ...this.round() });
  }

  /** Notes which process is to be this worker from now on; it is not ready yet. */
  add(id: number, receiver: Receiver): void {
    this.#receivers.set(id, receiver);
  }

  /** Notes that a worker is ready. */
  open(id: number): void {
    this.#running.set(id, { waiting: new Set(), connections: 0, isFull: false });
    this.tell();
  }

  /** Notes that a worker has ended: connections that were on their way to it end as well. */
  close(id: number): void {
    const running = this.#running.get(id);
    if (running !== undefined) {
      this.#running.delete(id);
      for (const handle of running.waiting) {
        handle.close();
      }
      this.tell();
    }
  }

  noteFull(id: number, isFull: boolean): void {
    const running = this.#running.get(id);
    if (running !== undefined) {
      running.isFull = isFull;
      this.tell();
    }
  }

  /** Notes how many clients a worker says it has. */
  noteConnections(id: number, connections: number): void {
    const running = this.#running.get(id);
    if (running !== undefined) {
      running.connections = connections;
    }
  }

  /** Notes what a balancer says of a client it has dealt. Plain requests are over before they could count. */
  noteDealt({ worker, isUpgrade }: Message): void {
    const running = this.#running.get(Number(worker));
    if (running !== undefined && isUpgrade === true) {
      running.connections += 1;
    }
  }

  /** Passes a connection on, with what the balancer has read of it. */
  take(message: Message, handle: Handle): void {
    const worker = Number(message['worker']);
    const running = this.#running.get(worker);
    if (running === undefined || running.waiting.size >= MOST_WAITING) {
      handle.close();
      return;
    }
    this.noteDealt(message);
    running.waiting.add(handle);
    const settle = (): void => {
      running.waiting.delete(handle);
      handle.close();
    };
    this.#receivers.get(worker)?.sendHandle({ type: 'connection', head: message['head'] }, handle, settle);
  }
}
