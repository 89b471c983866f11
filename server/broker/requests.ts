import { Barriers, type Frame, FrameType, MAX_PAYLOAD_BYTES } from './link/index.ts';
import type { Bridge } from './nats/index.ts';
import type { Peer, Peers } from './peer/index.ts';
import {
  answer,
  encodeRevocations,
  inParts,
  REVOKED,
  type Revocation,
  StoreHub,
  topicOf,
} from './store/index.ts';

/** Answers what workers ask of the store, and has all of them take what is revoked, here or on another host. */
export class Requests {
  readonly #peers: Peers;
  readonly #store: StoreHub<Peer>;
  readonly #barriers = new Barriers<Peer>();
  #bridge: Bridge | undefined;
  /** Revocations of the request at hand, on their way to other hosts. */
  #crossings: Promise<void>[] = [];

  constructor(peers: Peers, sessionTimeoutMs: number) {
    this.#peers = peers;
    this.#store = new StoreHub({
      sessionTimeoutMs,
      announce: (kind, session) => peers.sayToAll(FrameType.notice, 0, topicOf(kind, session)),
      announceRevoked: (fresh, from) => this.#announceRevoked(fresh, from),
    });
  }

  /** Has revocations cross to other hosts from now on. */
  join(bridge: Bridge): void {
    this.#bridge = bridge;
  }

  figures(): Record<'revocations' | 'sessions' | 'storeEntries', number> {
    return {
      storeEntries: this.#store.entries,
      sessions: this.#store.sessions,
      revocations: this.#store.revocations.length,
    };
  }

  /** Revocations in force. */
  get revocations(): readonly Revocation[] {
    return this.#store.revocations;
  }

  /** Takes revocations of another host. Resolves when every worker has taken them. */
  takeRevocations(revocations: readonly Revocation[]): Promise<void> {
    this.#store.learn(revocations);
    return this.#allHaveTaken();
  }

  /** Tells a worker that has just come what it must know. */
  greet(peer: Peer): void {
    for (const part of inParts(this.#store.revocations)) {
      this.#peers.say(peer, FrameType.notice, 0, REVOKED, encodeRevocations(part));
    }
  }

  /** Carries out a worker's request; a revocation is answered when everybody has taken it. */
  take({ id, channel, payload }: Frame, peer: Peer): void {
    const take = (target: unknown, values: unknown[]) => this.#store.take(peer, channel, target, values);
    const bytes = answer(payload, MAX_PAYLOAD_BYTES, take);
    const crossings = this.#crossings.splice(0);
    const respond = (): void => this.#peers.say(peer, FrameType.response, id, '', bytes);
    if (id !== 0 && channel === 'revoke') {
      void Promise.all([this.#allHaveTaken(), ...crossings]).then(respond);
    } else if (id !== 0) {
      respond();
    }
  }

  /** Takes a worker's answer to a barrier. */
  takeAcknowledgement(id: number, peer: Peer): void {
    this.#barriers.answer(id, peer);
  }

  /** Ends what has reached its time in the store. */
  sweep(): void {
    this.#store.sweep();
  }

  /** Forgets a worker that is gone. */
  drop(peer: Peer): void {
    this.#store.drop(peer);
    this.#barriers.drop(peer);
  }

  /** Resolves when every worker has taken what it was told so far. */
  #allHaveTaken(): Promise<void> {
    const { welcome } = this.#peers;
    return new Promise((resolve) => {
      const id = this.#barriers.open(welcome, resolve);
      for (const peer of welcome) {
        this.#peers.say(peer, FrameType.barrier, id, '');
      }
    });
  }

  #announceRevoked(fresh: readonly Revocation[], from: 'worker' | 'host'): void {
    this.#peers.sayToAll(FrameType.notice, 0, REVOKED, encodeRevocations(fresh));
    if (from === 'worker' && this.#bridge !== undefined) {
      this.#crossings.push(this.#bridge.revoke(fresh));
    }
  }
}
