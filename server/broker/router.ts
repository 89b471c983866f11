/**
 * What a broker does with its workers' frames. The life of a publication:
 *
 * 1. A worker sends `publish` with the channel's name and the payload; its channel lives in this broker.
 * 2. `#publish` looks the channel up and appends the frame's bytes, as `message`, to the next write of
 *    every worker that subscribes, the sender included. The payload is not looked at.
 * 3. `acknowledged` is appended to the sender's next write, behind its own copy.
 * 4. At the end of the loop turn `#flush` makes one write per worker.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import { createCounters, type RoleFigures } from '../observe/index.ts';
import { ChannelTable } from './channel-table.ts';
import { Barriers, type Frame, FrameType, MAX_PAYLOAD_BYTES } from './link/index.ts';
import { Peer } from './peer.ts';
import { answer, encodeRevocations, inParts, REVOKED, StoreHub, topicOf } from './store/index.ts';

/** What a router needs to know. */
export interface RouterOptions {
  secret: string;
  /** Milliseconds after which a session that no worker has sockets of ends. Default: 20 minutes. */
  sessionTimeoutMs?: number;
  /** Bytes a worker may leave unread before its link is ended. Default: 64 MiB. */
  maxQueuedBytes?: number;
  /** Milliseconds a connection has for its hello. Default: 5,000. */
  helloWithinMs?: number;
}

const MAX_QUEUED_BYTES = 67_108_864;
const HELLO_WITHIN_MS = 5_000;
const SESSION_TIMEOUT_MS = 1_200_000;

/** Takes connections and frames; routes, answers and acknowledges. */
export class Router {
  readonly #secretDigest: Buffer;
  readonly #maxQueuedBytes: number;
  readonly #helloWithinMs: number;
  readonly #table = new ChannelTable<Peer>();
  readonly #peers = new Set<Peer>();
  readonly #store: StoreHub<Peer>;
  readonly #barriers = new Barriers<Peer>();
  readonly #counters = createCounters('linksRefused', 'linksTooSlow', 'subscribes', 'unsubscribes');
  #dirty: Peer[] = [];
  #accepted = 0;
  #messagesIn = 0;
  #messagesOut = 0;

  constructor({ secret, maxQueuedBytes, helloWithinMs, sessionTimeoutMs }: RouterOptions) {
    this.#store = new StoreHub({
      sessionTimeoutMs: sessionTimeoutMs ?? SESSION_TIMEOUT_MS,
      announce: (kind, session) => this.#tellAll(topicOf(kind, session)),
      announceRevoked: (fresh) => this.#tellAll(REVOKED, encodeRevocations(fresh)),
    });
    this.#secretDigest = digestOf(secret);
    this.#maxQueuedBytes = maxQueuedBytes ?? MAX_QUEUED_BYTES;
    this.#helloWithinMs = helloWithinMs ?? HELLO_WITHIN_MS;
  }

  figures(): RoleFigures {
    return {
      connections: this.#peers.size,
      accepted: this.#accepted,
      messagesIn: this.#messagesIn,
      messagesOut: this.#messagesOut,
      counters: {
        ...this.#counters,
        storeEntries: this.#store.entries,
        sessions: this.#store.sessions,
        revocations: this.#store.revocations.length,
      },
    };
  }

  accept(socket: Socket): void {
    this.#accepted += 1;
    const peer = new Peer(socket, {
      onFrame: (frame, from) => this.#take(frame, from),
      onEnd: (ended, offence) => this.#drop(ended, offence),
    });
    this.#peers.add(peer);
    setTimeout(() => {
      if (!peer.isWelcome) {
        peer.refuse(`no hello within ${this.#helloWithinMs} ms`);
      }
    }, this.#helloWithinMs).unref();
  }

  /** Ends what has reached its time in the store. */
  sweep(): void {
    this.#store.sweep();
  }

  end(): void {
    for (const peer of this.#peers) {
      peer.end();
    }
  }

  destroy(): void {
    for (const peer of this.#peers) {
      peer.destroy();
    }
  }

  #take(frame: Frame, peer: Peer): void {
    if (!peer.isWelcome) {
      this.#welcome(frame, peer);
      return;
    }
    switch (frame.type) {
      case FrameType.publish:
        this.#publish(frame, peer);
        return;
      case FrameType.subscribe:
        this.#counters.subscribes += 1;
        this.#table.subscribe(frame.channel, peer);
        this.#acknowledge(frame.id, peer);
        return;
      case FrameType.unsubscribe:
        this.#counters.unsubscribes += 1;
        this.#table.unsubscribe(frame.channel, peer);
        return;
      case FrameType.request:
        this.#answer(frame, peer);
        return;
      case FrameType.notice:
        this.#tellAll(frame.channel, frame.payload);
        this.#acknowledge(frame.id, peer);
        return;
      case FrameType.acknowledged:
        this.#barriers.answer(frame.id, peer);
        return;
      default:
        peer.refuse(`a worker does not send frames of type ${frame.type} here`);
    }
  }

  #welcome(frame: Frame, peer: Peer): void {
    // Digests, because timingSafeEqual wants equal lengths.
    if (frame.type !== FrameType.hello || !timingSafeEqual(digestOf(frame.payload), this.#secretDigest)) {
      peer.refuse('the hello is missing or its secret is wrong');
      return;
    }
    peer.isWelcome = true;
    peer.writer.write(FrameType.acknowledged, 0, '');
    for (const part of inParts(this.#store.revocations)) {
      peer.writer.write(FrameType.notice, 0, REVOKED, encodeRevocations(part));
    }
    this.#flushSoon(peer);
  }

  #publish(publication: Frame, origin: Peer): void {
    this.#messagesIn += 1;
    const subscribers = this.#table.subscribersOf(publication.channel);
    if (subscribers !== undefined) {
      this.#messagesOut += subscribers.size;
      for (const subscriber of subscribers) {
        subscriber.writer.forward(publication);
        this.#flushSoon(subscriber);
      }
    }
    this.#acknowledge(publication.id, origin);
  }

  #answer({ id, channel, payload }: Frame, peer: Peer): void {
    const take = (target: unknown, values: unknown[]) => this.#store.take(peer, channel, target, values);
    const bytes = answer(payload, MAX_PAYLOAD_BYTES, take);
    const respond = (): void => {
      peer.writer.write(FrameType.response, id, '', bytes);
      this.#flushSoon(peer);
    };
    if (id !== 0 && channel === 'revoke') {
      this.#whenAllHaveTaken(respond);
    } else if (id !== 0) {
      respond();
    }
  }

  /** Calls back when every worker has taken what it was told so far. */
  #whenAllHaveTaken(call: () => void): void {
    const welcome = [...this.#peers].filter(({ isWelcome }) => isWelcome);
    const id = this.#barriers.open(welcome, call);
    for (const peer of welcome) {
      peer.writer.write(FrameType.barrier, id, '');
      this.#flushSoon(peer);
    }
  }

  #tellAll(topic: string, message?: Uint8Array): void {
    for (const peer of this.#peers) {
      if (peer.isWelcome) {
        peer.writer.write(FrameType.notice, 0, topic, message);
        this.#flushSoon(peer);
      }
    }
  }

  #acknowledge(id: number, peer: Peer): void {
    if (id !== 0) {
      peer.writer.write(FrameType.acknowledged, id, '');
      this.#flushSoon(peer);
    }
  }

  #flushSoon(peer: Peer): void {
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
        this.#counters.linksTooSlow += 1;
        peer.destroy();
      }
      peer.flush();
    }
  };

  #drop(peer: Peer, offence: string | undefined): void {
    this.#peers.delete(peer);
    this.#table.drop(peer);
    this.#store.drop(peer);
    this.#barriers.drop(peer);
    if (offence !== undefined) {
      this.#counters.linksRefused += 1;
    }
  }
}

function digestOf(secret: string | Uint8Array): Buffer {
  return createHash('sha256').update(secret).digest();
}
