import type { Path, Store } from '../../broker/index.ts';
import { wantText } from '../../errors/index.ts';
import { Codec } from '../codec/index.ts';
import { type Callback, DataMethods, settle } from './data-methods.ts';

/** What a session needs of a socket. */
export interface SessionMember {
  readonly state: 'connecting' | 'open' | 'closed';
  sendFrame(frame: Buffer): void;
}

/** What sockets of one browser share: data that lives in the brokers, and a way to reach all of them. */
export class Session<Member extends SessionMember = SessionMember> extends DataMethods {
  /** What the browser's cookie holds. */
  readonly id: string;
  /** Whether the application has asked for it here since it last ended. */
  isUsed = false;
  /** Whether a broker counts this worker among its holders. */
  isNoted = false;
  readonly #store: () => Store;
  readonly #codec: Codec;
  /** Most sessions have one socket: a set for each of them would cost more than all the rest. */
  #first: Member | undefined;
  #others: Set<Member> | undefined;

  /** Made by the sessions only. */
  constructor(id: string, store: () => Store, codec = new Codec()) {
    super();
    this.id = id;
    this.#store = store;
    this.#codec = codec;
  }

  /**
   * Sends an event to all sockets of the session, on all workers. The callback comes after those on this one.
   *
   * @throws TypeError when the event has no name.
   */
  emit(event: string, data?: unknown, callback?: Callback<void>): Promise<void> {
    wantText('send an event to a session', event);
    return settle(this.#tell(event, data), callback);
  }

  /** Gives the sockets of the session on this worker. */
  getSockets(callback?: Callback<Member[]>): Promise<Member[]> {
    return settle(Promise.resolve([...this.members()]), callback);
  }

  /** Keeps what the application knows of the user, apart from the other data: `removeAll` leaves it. */
  setAuth(data: unknown, callback?: Callback): Promise<unknown> {
    return settle(this.#store().run('set', this.#auth, data), callback);
  }

  /** Gives what `setAuth` kept. */
  getAuth(callback?: Callback): Promise<unknown> {
    return settle(this.#store().run('get', this.#auth), callback);
  }

  /** Forgets what `setAuth` kept. */
  clearAuth(callback?: Callback): Promise<unknown> {
    return settle(this.#store().run('remove', this.#auth), callback);
  }

  // For the worker's own use

  /** Gives another session all that this one keeps. */
  async moveTo(session: Session<Member>): Promise<void> {
    const store = this.#store();
    for (const part of ['data', 'auth']) {
      const kept = await store.run('remove', ['session', this.id, part]);
      if (kept !== undefined) {
        await store.run('set', ['session', session.id, part], kept);
      }
    }
  }

  get hasMembers(): boolean {
    return this.#first !== undefined;
  }

  *members(): Iterable<Member> {
    if (this.#first !== undefined) {
      yield this.#first;
      yield* this.#others ?? [];
    }
  }

  /** Takes a socket in. Returns whether it is the first. */
  takeIn(member: Member): boolean {
    if (this.#first === undefined) {
      this.#first = member;
      return true;
    }
    this.#others = (this.#others ?? new Set()).add(member);
    return false;
  }

  /** Lets a socket go. Returns whether it was the last. */
  letGo(member: Member): boolean {
    if (this.#first !== member) {
      this.#others?.delete(member);
      return false;
    }
    [this.#first] = this.#others ?? [];
    if (this.#first !== undefined) {
      this.#others?.delete(this.#first);
    }
    return this.#first === undefined;
  }

  protected override place(): { store: Store; root: Path } {
    return { store: this.#store(), root: ['session', this.id, 'data'] };
  }

  get #auth(): Path {
    return ['session', this.id, 'auth'];
  }

  async #tell(event: string, data: unknown): Promise<void> {
    await this.#store().tell(this.id, this.#codec.packEvent(event, data));
  }
}
