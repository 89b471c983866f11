/**
 * The broker process proper. The life of a publication:
 *
 * 1. A worker sends `publish` with the channel's name and the payload; its channel lives in this broker.
 * 2. `#publish` looks the channel up and appends the frame's bytes, as `message`, to the next write of
 *    every worker that subscribes, the sender included. The payload is not looked at.
 * 3. `acknowledged` is appended to the sender's next write, behind its own copy.
 * 4. At the end of the loop turn `#flush` makes one write per worker.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { ClusterError } from '../errors/index.ts';
import { createCounters, type RoleFigures } from '../observe/index.ts';
import { ChannelTable } from './channel-table.ts';
import { type Frame, FrameType } from './link/index.ts';
import { Peer } from './peer.ts';

/** What a broker's server needs to know. */
export interface ServerOptions {
  path: string;
  secret: string;
  /** Bytes a worker may leave unread before its link is ended. Default: 64 MiB. */
  maxQueuedBytes?: number;
  /** Milliseconds a connection has for its hello. Default: 5,000. */
  helloWithinMs?: number;
}

/** A broker that listens. */
export interface BrokerServer {
  figures(): RoleFigures;
  /** Ends all links after what is on its way and takes the socket away. */
  close(): Promise<void>;
}

/** The kernel's limit for the path of a unix socket; a longer one would be cut off in silence. */
const MAX_PATH_BYTES = 107;

const MAX_QUEUED_BYTES = 67_108_864;
const HELLO_WITHIN_MS = 5_000;

/** Workers that do not read must not keep a broker from stopping. */
const CLOSE_WITHIN_MS = 500;

/**
 * Listens on a unix socket for workers. A file left at the path by a broker that was killed is replaced.
 *
 * @throws ClusterError OPTION_INVALID when the path is too long.
 */
export async function startBrokerServer(options: ServerOptions): Promise<BrokerServer> {
  const { path } = options;
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) {
    throw new ClusterError(
      `Cannot listen on "${path}": it has ${Buffer.byteLength(path)} bytes, the most is ${MAX_PATH_BYTES}`,
      { code: 'OPTION_INVALID' },
    );
  }
  rmSync(path, { force: true });
  const router = new Router(options);
  const server = createServer((socket) => router.accept(socket));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);
  return { figures: () => router.figures(), close: () => close(server, router) };
}

async function close(server: Server, router: Router): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  router.end();
  const timer = setTimeout(() => router.destroy(), CLOSE_WITHIN_MS);
  await closed;
  clearTimeout(timer);
}

class Router {
  readonly #secretDigest: Buffer;
  readonly #maxQueuedBytes: number;
  readonly #helloWithinMs: number;
  readonly #table = new ChannelTable<Peer>();
  readonly #peers = new Set<Peer>();
  readonly #counters = createCounters('linksRefused', 'linksTooSlow', 'subscribes', 'unsubscribes');
  #dirty: Peer[] = [];
  #accepted = 0;
  #messagesIn = 0;
  #messagesOut = 0;

  constructor({ secret, maxQueuedBytes, helloWithinMs }: ServerOptions) {
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
      counters: { ...this.#counters },
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
    if (offence !== undefined) {
      this.#counters.linksRefused += 1;
    }
  }
}

function digestOf(secret: string | Uint8Array): Buffer {
  return createHash('sha256').update(secret).digest();
}
