/**
 * Stands between balancers and workers: passes connections on from the one that received to the one that was
 * chosen, and tells the balancers what they choose by. Nothing is read from a connection on its way.
 */

import type { Snapshot } from '../../observe/index.ts';
import type { Handle } from '../../process/handover/index.ts';
import type { Message } from '../../process/index.ts';

/** A worker's process as the relay needs it. */
export interface Receiver {
  readonly pid: number;
  sendHandle(message: Message, handle: Handle, settled: () => void): void;
}

/** Connections that may wait for one worker; it has been standing still for a while then. */
const MOST_WAITING = 1_024;
/** From so many waiting connections on a worker counts as full. */
const MANY_WAITING = 64;
/** A worker that was not heard for so long may hang: it gets nothing as long as another is heard. Milliseconds. */
const HEARD_WITHIN_MS = 3_000;
/** Pause between two rounds of figures, milliseconds. */
const ROUND_MS = 1_000;

/** A process that is the worker, or was it and has not ended. */
interface Running {
  id: number;
  receiver: Receiver;
  /** Handles the system has not taken yet. */
  waiting: Set<Handle>;
  /** Clients by its latest snapshot. */
  connections: number;
  /** Clients it had taken until then, gone ones included. */
  accepted: number;
  /** Clients dealt to it before, and not taken by then. */
  onTheirWay: number;
  /** Clients dealt to it since. */
  dealt: number;
  isFull: boolean;
  heardAt: number;
}

export class Relay {
  /** Processes that are not the worker yet, by process id. */
  readonly #coming = new Map<number, Receiver>();
  /** By process id. */
  readonly #processes = new Map<number, Running>();
  /** By the worker's number. */
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
    const all = [...this.#running];
    const isSilent = ({ heardAt }: Running): boolean => performance.now() - heardAt > HEARD_WITHIN_MS;
    const areAllSilent = all.every(([, running]) => isSilent(running));
    const running = all.map(([id, worker]) => ({
      id,
      connections: worker.connections + worker.onTheirWay + worker.dealt,
      isFull: worker.isFull || worker.waiting.size >= MANY_WAITING || (isSilent(worker) && !areAllSilent),
    }));
    return { running };
  }

  /** Tells all balancers. */
  tell(): void {
    this.#tellBalancers({ type: 'workers', ...this.round() });
  }

  /** Notes a process that is to be a worker; it is not ready yet. */
  add(receiver: Receiver): void {
    this.#coming.set(receiver.pid, receiver);
  }

  /** Notes that a process is ready and the worker from now on; the one before it gets no more connections. */
  open(id: number, pid: number): void {
    const receiver = this.#coming.get(pid);
    if (receiver !== undefined) {
      this.#coming.delete(pid);
      const figures = { connections: 0, accepted: 0, onTheirWay: 0, dealt: 0, isFull: false };
      const running = { id, receiver, waiting: new Set<Handle>(), ...figures, heardAt: performance.now() };
      this.#processes.set(pid, running);
      this.#running.set(id, running);
      this.tell();
    }
  }

  /** Notes that a process has ended: connections that were on their way to it end as well. */
  close(pid: number): void {
    this.#coming.delete(pid);
    const ended = this.#processes.get(pid);
    if (ended === undefined) {
      return;
    }
    this.#processes.delete(pid);
    for (const handle of ended.waiting) {
      handle.close();
    }
    if (this.#running.get(ended.id) === ended) {
      this.#running.delete(ended.id);
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

  /**
   * Notes how many clients a worker says it has. In a storm many more are on their way to it. Those that were
   * already at its snapshot before have come by now, or never will.
   */
  noteFigures(id: number, { connections, accepted }: Pick<Snapshot, 'accepted' | 'connections'>): void {
    const running = this.#running.get(id);
    if (running !== undefined) {
      const untaken = running.onTheirWay + running.dealt - (accepted - running.accepted);
      running.onTheirWay = Math.max(0, Math.min(untaken, running.dealt));
      Object.assign(running, { connections, accepted, dealt: 0, heardAt: performance.now() });
    }
  }

  /** Notes what a balancer says of a client it has dealt. Plain requests are over before they could count. */
  noteDealt({ worker, isUpgrade }: Message): void {
    const running = this.#running.get(Number(worker));
    if (running !== undefined && isUpgrade === true) {
      running.dealt += 1;
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
    running.receiver.sendHandle({ type: 'connection', head: message['head'] }, handle, settle);
  }
}
