/** Answers to a server that asks whether its users are alive. */
import { heartbeatFrames } from './packets.ts';

/** What is known of the heartbeat a server wants. A server that asks both ways at once gets protocol 2. */
const knowledge = { nothing: 0, askedByOne: 1, two: 2 } as const;

/** The heartbeats of all users. */
export class Heartbeats {
  readonly #version: 1 | 2 | 'auto';
  readonly #known: Uint8Array;

  /** Users are numbers below `users`. `auto` finds out for each user. */
  constructor(users: number, version: 1 | 2 | 'auto') {
    this.#version = version;
    this.#known = new Uint8Array(users);
  }

  /** A user has a new connection, maybe to another server. */
  reset(user: number): void {
    this.#known[user] = knowledge.nothing;
  }

  /** Finds the frame that answers what a server asked by a protocol; undefined when it is to have no answer. */
  answer(user: number, protocol: 1 | 2): Buffer | undefined {
    if (this.#version !== 'auto') return protocol === this.#version ? heartbeatFrames[protocol] : undefined;
    if (protocol === 2) {
      this.#known[user] = knowledge.two;
      return heartbeatFrames[2];
    }
    // The first `#1` waits for what follows it: a server that can speak both sends the empty text next.
    if (this.#known[user] === knowledge.askedByOne) return heartbeatFrames[1];
    if (this.#known[user] === knowledge.nothing) this.#known[user] = knowledge.askedByOne;
    return undefined;
  }
}
