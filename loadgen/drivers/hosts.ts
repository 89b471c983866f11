/** Which host of the target a user connects to. */
import type { HostAddress } from '../plan/index.ts';
import type { DriverOptions } from './driver.ts';

/** A host whose address is known. */
export type KnownHost = Required<HostAddress>;

/** Hosts, dealt out in turn: users begin at all of them evenly, and who comes back comes to the next. */
export class Hosts {
  readonly all: readonly KnownHost[];
  readonly #numbers: ArrayLike<number>;
  /** Connections of each user so far. */
  readonly #connections: Uint32Array;

  constructor({
    users,
    numbers,
    target,
    address,
  }: Pick<DriverOptions, 'users' | 'numbers' | 'target' | 'address'>) {
    const { host, port, others = [] } = target;
    // Whoever did not look a name up has the kernel do it.
    this.all = [{ host, port, address }, ...others.map((other) => ({ address: other.host, ...other }))];
    this.#numbers = numbers;
    this.#connections = new Uint32Array(users);
  }

  /** Chooses the host for a user's next connection: its index. */
  next(user: number): number {
    const before = this.#connections[user] ?? 0;
    this.#connections[user] = before + 1;
    return this.#at(user, before);
  }

  /** The index of the host that was chosen last for a user. */
  last(user: number): number {
    return this.#at(user, (this.#connections[user] ?? 1) - 1);
  }

  #at(user: number, connection: number): number {
    return ((this.#numbers[user] ?? 0) + connection) % this.all.length;
  }
}
