/** How the published client is to connect: its options for one user. */
import type { LookupFunction } from 'node:net';
import type { ClientOptions } from 'socketcluster-client';
import type { DriverOptions } from '../driver.ts';
import { Hosts } from '../hosts.ts';
import { signTokens } from '../socketcluster/index.ts';

/** Answers are given up by the load process; the client is not to do it before, milliseconds. */
const ACK_TIMEOUT_MS = 3_600_000;

const NOWHERE = { host: '', port: 0, address: '' };

/** Makes the options of users, one after the other. Tokens that a server gave after a login are kept. */
export class ClientOptionsMaker {
  readonly #options: DriverOptions;
  readonly #hosts: Hosts;
  /** Tokens signed beforehand, dealt out in turn. */
  readonly #signed: readonly string[];
  /** Tokens the server gave to users. */
  readonly #given = new Map<number, string>();

  constructor(options: DriverOptions) {
    const { tokens } = options.connect;
    this.#options = options;
    this.#hosts = new Hosts(options);
    this.#signed = tokens === undefined ? [] : signTokens(tokens);
  }

  /** Whether a user has to log in once it is connected. */
  needsLogin(user: number): boolean {
    return this.#options.connect.login !== undefined && !this.#given.has(user);
  }

  /** Makes the options of one user for its next connection. */
  make(user: number, localAddress: string | undefined): ClientOptions {
    const { target, connect, protocolVersion } = this.#options;
    const { host, port, address } = this.#hosts.all[this.#hosts.next(user)] ?? NOWHERE;
    const { pathname, searchParams } = new URL(target.path, 'ws://any');
    return {
      hostname: host.includes(':') ? `[${host}]` : host,
      port,
      path: pathname,
      secure: target.secure,
      query: { ...Object.fromEntries(searchParams), ...connect.query },
      autoReconnect: false,
      protocolVersion: protocolVersion === 'auto' ? 2 : protocolVersion,
      ackTimeout: ACK_TIMEOUT_MS,
      authEngine: {
        loadToken: () => Promise.resolve(this.#tokenOf(user)),
        saveToken: (_name, token) => {
          // The client hands over whatever the server called a token.
          if (connect.login !== undefined && typeof token === 'string') this.#given.set(user, token);
          return Promise.resolve(token);
        },
        removeToken: () => {
          const token = this.#tokenOf(user);
          this.#given.delete(user);
          return Promise.resolve(token);
        },
      },
      wsOptions: {
        headers: connect.headers ?? {},
        lookup: lookupOf(address),
        rejectUnauthorized: target.insecure !== true,
        ...(localAddress === undefined ? {} : { localAddress }),
      },
    };
  }

  #tokenOf(user: number): string | null {
    const inTurn = (this.#options.numbers[user] ?? 0) % Math.max(1, this.#signed.length);
    return this.#given.get(user) ?? this.#signed[inTurn] ?? null;
  }
}

/** The address is known already: every user asking for itself would measure the name service. */
function lookupOf(address: string): LookupFunction {
  const family = address.includes(':') ? 6 : 4;
  return (_host, { all }, callback) => {
    if (all === true) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
}
