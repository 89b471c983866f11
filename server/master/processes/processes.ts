/**
 * The processes of a cluster. Each is kept alive under supervision; what happens to it and what it says is noted
 * here, told to the cluster's listeners, and carried to whom it concerns.
 */
import type { EventEmitter } from 'node:events';
import type { Snapshot } from '../../observe/index.ts';
import type { Options } from '../../options/index.ts';
import { backoff, type ChildExit, type Message, type Supervised, supervise } from '../../process/index.ts';
import { type Answered, Messenger, refuseMessage } from '../../process/messages/index.ts';
import { errorOf, type PlainError } from '../../process/problems/index.ts';
import type { ClusterEvents, How, Origin, Role } from '../roles/index.ts';
import { StateBook } from '../state.ts';

/** Time a process has to say that it is ready, milliseconds. */
const READY_WITHIN_MS = 20_000;

/** Told of processes as they come, go and speak. */
export interface Watcher {
  started?(id: number): void;
  ended?(id: number): void;
  heard(id: number, message: Message): void;
}

/** A process by role and number, through all its restarts. */
interface Place {
  role: Role;
  id: number;
  /** What the application says to the process that is here now, or will be next. */
  messenger: Messenger;
  watcher: Watcher | undefined;
  isRunning: boolean;
  starts: number;
}

export class Processes {
  readonly book = new StateBook();
  readonly #cluster: EventEmitter<ClusterEvents>;
  readonly #options: Options;
  readonly #places = new Map<string, Place>();

  constructor(cluster: EventEmitter<ClusterEvents>, options: Options) {
    this.#cluster = cluster;
    this.#options = options;
  }

  /** Starts a process and keeps it alive. */
  supervise(role: Role, id: number, how: How, watcher?: Watcher): Supervised {
    const supervised = supervise({
      ...how,
      name: `${role} ${id}`,
      readyWithinMs: READY_WITHIN_MS,
      backoff,
      onReady: (_details, pid) => this.#noteReady(place, pid),
      onExit: (exit) => {
        place.messenger.end('it has ended');
        place.messenger = meet();
        this.#noteExit(place, exit);
      },
      onMessage: (message) => this.#take(place, supervised.pid ?? 0, message),
    });
    const meet = (): Messenger => this.#makeMessenger(role, id, supervised);
    const place: Place = { role, id, watcher, messenger: meet(), isRunning: false, starts: 0 };
    this.#places.set(`${role} ${id}`, place);
    return supervised;
  }

  /** Sends the application's data to a process that runs, as `Messenger.ask` does. */
  send(role: Role, id: number, data: unknown, callback?: Answered): Promise<unknown> {
    const name = `${role} ${id}`;
    const place = this.#places.get(name);
    if (place?.isRunning === true) {
      return place.messenger.ask(data, callback);
    }
    return refuseMessage(
      name,
      place === undefined ? 'there is no such process' : 'it is not running',
      callback,
    );
  }

  #makeMessenger(role: Role, id: number, supervised: Supervised): Messenger {
    return new Messenger({
      peer: `${role} ${id}`,
      answerWithinMs: this.#options.ipcAckTimeout,
      send: (message) => supervised.send(message),
      deliver: (data, respond) =>
        role !== 'balancer' && this.#cluster.emit(`${role}Message`, id, data, respond),
    });
  }

  #noteReady(place: Place, pid: number): void {
    const { role, id } = place;
    place.starts += 1;
    place.isRunning = true;
    place.watcher?.started?.(id);
    this.#cluster.emit(`${role}Start`, { id, pid, respawn: place.starts > 1 });
  }

  #noteExit(place: Place, exit: ChildExit): void {
    const { role, id, watcher } = place;
    const { pid, code, signal, expected, failure } = exit;
    place.isRunning = false;
    watcher?.ended?.(id);
    const lastWords = failure?.stack ?? failure?.message ?? exit.lastWords;
    if (!expected) {
      this.book.noteExit({ role, id, pid, code, signal, at: new Date().toISOString(), lastWords });
    }
    if (failure !== undefined && this.#options.propagateErrors) {
      this.#tellError(errorOf({ name: 'Error', ...failure }), { role, id, pid, isFatal: true });
    }
    this.#cluster.emit(`${role}Exit`, { id, pid, expected, code, signal, lastWords });
  }

  #take(place: Place, pid: number, message: Message): void {
    const { role, id } = place;
    if (place.messenger.take(message)) {
      return;
    }
    if (message.type === 'snapshot') {
      this.book.note(message['snapshot'] as Snapshot);
    }
    if (message.type === 'problem') {
      const error = errorOf(message['error'] as PlainError);
      if (message['severity'] === 'error') {
        this.#tellError(error, { role, id, pid, isFatal: false });
      } else {
        this.#cluster.emit('warning', error, { role, id, pid });
      }
    }
    place.watcher?.heard(id, message);
  }

  /** An error that nobody listens to would end the master. */
  #tellError(error: Error, origin: Origin & { isFatal: boolean }): void {
    if (this.#cluster.listenerCount('error') > 0) {
      this.#cluster.emit('error', error, origin);
    }
  }
}
