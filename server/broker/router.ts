/**
 * What a broker does with its workers' frames. The life of a publication:
 *
 * 1. A worker sends `publish` with the channel's name and the payload; its channel lives in this broker.
 * 2. `#publish` looks the channel up and appends the frame's bytes, as `message`, to the next write of
 *    every worker that subscribes, the sender included. The payload is not looked at.
 * 3. `acknowledged` is appended to the sender's next write, behind its own copy.
 * 4. At the end of the loop turn `Peers` makes one write per worker.
 *
 * Where hosts are joined, `#publish` hands the same bytes to the bridge (`nats/`), and publications of other hosts
 * come in by `deliver`.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import { createCounters, type RoleFigures } from '../observe/index.ts';
import { ChannelTable } from './channel-table.ts';
import { type Frame, FrameType } from './link/index.ts';
import type { Bridge } from './nats/index.ts';
import { Peer, Peers } from './peer/index.ts';
import { Requests } from './requests.ts';
import type { Revocation } from './store/index.ts';

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
  readonly #helloWithinMs: number;
  readonly #table = new ChannelTable<Peer>();
  readonly #peers: Peers;
  readonly #requests: Requests;
  readonly #counters = createCounters('linksRefused', 'linksTooSlow', 'subscribes', 'unsubscribes');
  /** The way to other hosts, where there are any. */
  #bridge: Bridge | undefined;
  #accepted = 0;
  #messagesIn = 0;
  #messagesOut = 0;

  constructor({ secret, maxQueuedBytes, helloWithinMs, sessionTimeoutMs }: RouterOptions) {
    this.#secretDigest = digestOf(secret);
    this.#peers = new Peers(maxQueuedBytes ?? MAX_QUEUED_BYTES, () => {
      this.#counters.linksTooSlow += 1;
    });
    this.#requests = new Requests(this.#peers, sessionTimeoutMs ?? SESSION_TIMEOUT_MS);
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
        ...this.#requests.figures(),
        ...this.#bridge?.figures(),
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

  /** Shares channels, sessions' events and revocations with other hosts from now on. */
  join(bridge: Bridge): void {
    this.#bridge = bridge;
    this.#requests.join(bridge);
  }

  /** Passes a publication on to every worker that subscribes. */
  deliver(channel: string, publication: Frame): void {
    const subscribers = this.#table.subscribersOf(channel);
    if (subscribers === undefined) {
      return;
    }
    this.#messagesOut += subscribers.size;
    for (const subscriber of subscribers) {
      subscriber.writer.forward(publication);
      this.#peers.flushSoon(subscriber);
    }
  }

  /** Gives every worker a notice. */
  tell(topic: string, message?: Uint8Array): void {
    this.#peers.sayToAll(FrameType.notice, 0, topic, message);
  }

  /** Revocations in force. */
  get revocations(): readonly Revocation[] {
    return this.#requests.revocations;
  }

  /** Takes revocations of another host. Resolves when every worker has taken them. */
  takeRevocations(revocations: readonly Revocation[]): Promise<void> {
    return this.#requests.takeRevocations(revocations);
  }

  /** Ends what has reached its time in the store. */
  sweep(): void {
    this.#requests.sweep();
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
        this.#subscribe(frame, peer);
        return;
      case FrameType.unsubscribe:
        this.#unsubscribe(frame, peer);
        return;
      case FrameType.request:
        this.#requests.take(frame, peer);
        return;
      case FrameType.notice:
        this.tell(frame.channel, frame.payload);
        this.#bridge?.tell(frame);
        this.#acknowledge(frame.id, peer);
        return;
      case FrameType.acknowledged:
        this.#requests.takeAcknowledgement(frame.id, peer);
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
    this.#peers.say(peer, FrameType.acknowledged, 0, '');
    this.#requests.greet(peer);
  }

  #subscribe({ channel, id }: Frame, peer: Peer): void {
    this.#counters.subscribes += 1;
    this.#table.subscribe(channel, peer);
    const wanted = this.#bridge?.want(channel);
    if (wanted === undefined) {
      this.#acknowledge(id, peer);
      return;
    }
    void wanted.then(() => this.#acknowledge(id, peer));
  }

  #unsubscribe({ channel }: Frame, peer: Peer): void {
    this.#counters.unsubscribes += 1;
    if (this.#table.unsubscribe(channel, peer)) {
      this.#bridge?.unwant(channel);
    }
  }

  #publish(publication: Frame, origin: Peer): void {
    this.#messagesIn += 1;
    const { channel } = publication;
    this.deliver(channel, publication);
    this.#bridge?.publish(channel, publication);
    this.#acknowledge(publication.id, origin);
  }

  #acknowledge(id: number, peer: Peer): void {
    if (id !== 0) {
      this.#peers.say(peer, FrameType.acknowledged, id, '');
    }
  }

  #drop(peer: Peer, offence: string | undefined): void {
    this.#peers.delete(peer);
    for (const channel of this.#table.drop(peer)) {
      this.#bridge?.unwant(channel);
    }
    this.#requests.drop(peer);
    if (offence !== undefined) {
      this.#counters.linksRefused += 1;
    }
  }
}

function digestOf(secret: string | Uint8Array): Buffer {
  return createHash('sha256').update(secret).digest();
}
