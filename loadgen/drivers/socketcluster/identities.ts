/** Who users say they are: tokens signed beforehand, dealt out in turn, and those the server gave at a login. */
import type { ConnectSpec } from '../../plan/index.ts';
import { calls, encodeEvent, encodeHandshake } from './packets.ts';
import { signTokens } from './tokens.ts';

/** The first packets of all users, encoded once. */
export class Identities {
  /** The call that logs a user in; undefined when there is none. */
  readonly #login: Buffer | undefined;
  readonly #handshakes: Buffer[];
  /** Handshakes of users to whom the server gave a token. */
  readonly #given = new Map<number, Buffer>();
  readonly #numbers: ArrayLike<number>;

  /** `numbers` are those of the users within the whole run: a user has the same token in whatever process. */
  constructor({ tokens, login }: ConnectSpec, numbers: ArrayLike<number>) {
    this.#numbers = numbers;
    this.#handshakes =
      tokens === undefined ? [encodeHandshake(null)] : signTokens(tokens).map(encodeHandshake);
    this.#login = login === undefined ? undefined : encodeEvent(login.event, login.data, calls.login);
  }

  /** Finds the handshake of a user. */
  handshake(user: number): Buffer {
    const inTurn = (this.#numbers[user] ?? 0) % this.#handshakes.length;
    return this.#given.get(user) ?? this.#handshakes[inTurn] ?? encodeHandshake(null);
  }

  /** Finds the call that logs a user in; undefined for one that need not. */
  login(user: number): Buffer | undefined {
    return this.#given.has(user) ? undefined : this.#login;
  }

  /** The server gave a user a token, or took it away. Without a login in the scenario it keeps the one it has. */
  take(user: number, token: unknown): void {
    if (this.#login === undefined) return;
    if (typeof token === 'string') this.#given.set(user, encodeHandshake(token));
    else this.#given.delete(user);
  }
}
