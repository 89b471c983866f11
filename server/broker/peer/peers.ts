import type { FrameType } from '../link/index.ts';
import type { Peer } from './peer.ts';

/** All links of a broker. What is said to one leaves with the end of the loop turn, in one write. */
export class Peers {
  readonly #maxQueuedBytes: number;
  readonly #ended: () => void;
  readonly #all = new Set<Peer>();
  #dirty: Peer[] = [];

  /**
   * @param maxQueuedBytes Bytes a worker may leave unread before its link is ended.
   * @param ended Called for each link that is ended for that.
   */
  constructor(maxQueuedBytes: number, ended: () => void) {
    this.#maxQueuedBytes = maxQueuedBytes;
    this.#ended = ended;
  }

  get size(): number {
    return this.#all.size;
  }

  /** Those that have proved that they know the secret. */
  get welcome(): Peer[] {
    return [...this.#all].filter(({ isWelcome }) => isWelcome);
  }

  [Symbol.iterator](): IterableIterator<Peer> {
    return this.#all.values();
  }

  add(peer: Peer): void {
    this.#all.add(peer);
  }

  delete(peer: Peer): void {
    this.#all.delete(peer);
  }

  say(peer: Peer, type: FrameType, id: number, channel: string, payload?: Uint8Array): void {
    peer.writer.write(type, id, channel, payload);
    this.flushSoon(peer);
  }

  /** Says the same to each of those that are welcome. */
  sayToAll(type: FrameType, id: number, channel: string, payload?: Uint8Array): void {
    for (const peer of this.#all) {
      if (peer.isWelcome) {
        this.say(peer, type, id, channel, payload);
      }
    }
  }

  /** Has what a peer's writer holds leave with the end of the turn. */
  flushSoon(peer: Peer): void {
    if (peer.isDirty) {
      return;
    }
    peer.isDirty = true;
    if (this.#dirty.push(peer) === 1) {
      setImmediate(this.#flush);
    }
  }

  readonly #flush = (): void => {
    const dirty = this.#dirty;
    this.#dirty = [];
    for (const peer of dirty) {
      if (peer.queuedBytes > this.#maxQueuedBytes) {
        this.#ended();
        peer.destroy();
      }
      peer.flush();
    }
  };
}
