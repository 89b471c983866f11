/**
 * The processes of a cluster. Each is kept alive under supervision; what happens to it and what it says is noted
 * here, told to the cluster's listeners, and carried to whom it concerns.
 */
import type { EventEmitter } from 'node:events';
import type { Snapshot } from '../../observe/index.ts';
import type { Options } from '../../options/index.ts';
import {
  backoff,
  type ChildExit,
  type Life,
  type Message,
  type Supervised,
  supervise,
} from '../../process/index.ts';
import { type Answered, Messenger, refuseMessage } from '../../process/messages/index.ts';
import { errorOf, type PlainError } from '../../process/problems/index.ts';
import type { ClusterEvents, How, Origin, Role } from '../roles/index.ts';
import { StateBook } from '../state.ts';

/** Time a process has to say that it is ready, milliseconds. */
const READY_WITHIN_MS = 20_000;

/** Told of processes as they come, go and speak. Of two at the same place only the one that took over is heard. */
export interface Watcher {
  /** A process has taken the place over. */
  started?(id: number, pid: number): void;
  /** A process has ended, which may have been replaced before. */
  ended?(id: number, pid: number): void;
  heard(id: number, message: Message): void;
}

/** A process by role and number, through all its restarts. */
interface Place {
  role: Role;
  id: number;
  watcher: Watcher | undefined;
  /** The process that is here now; undefined between two. */
  present: Life | undefined;
  /** What the application says to each process that has not ended. */
  messengers: Map<Life, Messenger>;
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
    const place: Place = { role, id, watcher, present: undefined, messengers: new Map(), starts: 0 };
    this.#places.set(`${role} ${id}`, place);
    return supervise({
      ...how,
      name: `${role} ${id}`,
      readyWithinMs: READY_WITHIN_MS,
      backoff,
      onReady: (_details, life) => this.#noteReady(place, life),
      onExit: (exit, life) => this.#noteExit(place, life, exit),
      onMessage: (message, life) => this.#take(place, life, message),
    });
  }

  /** Sends the application's data to a process that runs, as `Messenger.ask` does. */
  send(role: Role, id: number, data: unknown, callback?: Answered): Promise<unknown> {
    const name = `${role} ${id}`;
    const place = this.#places.get(name);
    if (place?.present !== undefined) {
      return this.#messengerOf(place, place.present).ask(data, callback);
    }
    return refuseMessage(
      name,
      place === undefined ? 'there is no such process' : 'it is not running',
      callback,
    );
  }

  /** How many of a role's processes run. */
  running(role: Role): number {
    const places = [...this.#places.values()];
    return places.filter((place) => place.role === role && place.present !== undefined).length;
  }

  /** Whether a new client finds who receives it and who serves it. */
  get takesClients(): boolean {
    return this.running('worker') > 0 && (this.#options.balancers === 0 || this.running('balancer') > 0);
  }

  #messengerOf({ role, id, messengers }: Place, life: Life): Messenger {
    const known = messengers.get(life);
    if (known !== undefined) {
      return known;
    }
    const messenger = new Messenger({
      own: 'the master',
      peer: `${role} ${id}`,
      answerWithinMs: this.#options.ipcAckTimeout,
      send: (message) => life.send(message),
      deliver: (data, respond) =>
        role !== 'balancer' && this.#cluster.emit(`${role}Message`, id, data, respond),
    });
    messengers.set(life, messenger);
    return messenger;
  }

  #noteReady(place: Place, life: Life): void {
    const { role, id, watcher } = place;
    const { pid = 0 } = life;
    place.starts += 1;
    place.present = life;
    watcher?.started?.(id, pid);
    this.#cluster.emit(`${role}Start`, { id, pid, respawn: place.starts > 1 });
  }

  #noteExit(place: Place, life: Life, exit: ChildExit): void {
    const { role, id, watcher, messengers } = place;
    const { pid, code, signal, expected, failure } = exit;
    place.present = life === place.present ? undefined : place.present;
    messengers.get(life)?.end('it has ended');
    messengers.delete(life);
    watcher?.ended?.(id, pid);
    this.book.forget(role, id, pid);
    const lastWords = failure?.stack ?? failure?.message ?? exit.lastWords;
    if (!expected) {
      this.book.noteRestart({ role, id, pid, code, signal, at: new Date().toISOString(), lastWords });
    }
    if (failure !== undefined && this.#options.propagateErrors) {
      this.tellError(errorOf({ name: 'Error', ...failure }), { role, id, pid, isFatal: true });
    }
    this.#cluster.emit(`${role}Exit`, { id, pid, expected, code, signal, lastWords });
  }

  #take(place: Place, life: Life, message: Message): void {
    const { role, id } = place;
    const { pid = 0 } = life;
    if (this.#messengerOf(place, life).take(message)) {
      return;
    }
    if (message.type === 'problem') {
      const error = errorOf(message['error'] as PlainError);
      if (message['severity'] === 'error') {
        this.tellError(error, { role, id, pid, isFatal: false });
      } else {
        this.tellWarning(error, { role, id, pid });
      }
    }
    if (life !== place.present) {
      return; // its figures would stand for those of the one that took over
    }
    if (message.type === 'snapshot') {
      this.book.note(message['snapshot'] as Snapshot);
    }
    place.watcher?.heard(id, message);
  }

  tellWarning(warning: Error, origin: Origin): void {
    this.#cluster.emit('warning', warning, origin);
  }

  /** Tells listeners of an error; one that nobody listens to would end the master. */
  tellError(error: Error, origin: Origin & { isFatal: boolean }): void {
    if (this.#cluster.listenerCount('error') > 0) {
      this.#cluster.emit('error', error, origin);
    }
  }
}
