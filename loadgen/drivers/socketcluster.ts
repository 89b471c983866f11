/**
 * The fast SocketCluster user: upgrade, handshake, then events, without a client library and without an
 * object per user beside the socket. `packets.ts` knows what is said, `message-reader.ts` how it is
 * framed, `lines.ts` how it travels; this file knows in which order.
 */
import type { Behaviour } from '../plan/index.ts';
import type { Clock, Driver, DriverEvents, Publication } from './driver.ts';
import { type LineEvents, Lines } from './lines.ts';
import { MessageReader, type MessageSink } from './message-reader.ts';
import {
  encodeEvent,
  encodeHandshake,
  encodePublish,
  encodeSubscribe,
  HANDSHAKE_CALL,
  handshakeFrame,
  heartbeatFrames,
  PacketReader,
  type PacketSink,
} from './packets.ts';
import { encodeUpgrade, readUpgradeAnswer } from './upgrade.ts';
import { encodeFrame, FrameError, opcodes } from './websocket-frames.ts';

/** How far a user has come. */
const stages = { connecting: 1, upgrading: 2, handshaking: 3, open: 4, ended: 5 } as const;

/** What is known of the heartbeat a server wants. A server that asks both ways at once gets protocol 2. */
const heartbeats = { unknown: 0, askedByOne: 1, two: 2 } as const;

/** Most events in one write; more become several writes. */
const MAX_BATCH = 64;
/** Longest write, unless a single event is longer. */
const MAX_BATCH_BYTES = 256 * 1024;

/** What the driver needs to know. */
export interface SocketClusterOptions {
  /** Users are numbers below this. */
  users: number;
  target: { host: string; port: number; path: string };
  /** The address behind the target's host. */
  address: string;
  behaviour: Required<Behaviour>;
  clock: Clock;
  events: DriverEvents;
  /** The signed token a user offers in its handshake. Default: none. */
  tokenOf?: (user: number) => string;
}

/** Creates the fast driver of the SocketCluster protocol. It is quiet until the first `connect`. */
export function createSocketClusterDriver(options: SocketClusterOptions): Driver {
  return new SocketClusterDriver(options);
}

class SocketClusterDriver implements Driver {
  readonly #events: DriverEvents;
  readonly #clock: Clock;
  readonly #lines: Lines;
  readonly #messages: MessageReader;
  readonly #packets: PacketReader;
  readonly #upgrade: Buffer;
  readonly #tokenOf: ((user: number) => string) | undefined;
  /** The behaviour's event, encoded once, repeated once, twice and so on. */
  readonly #batches: Buffer[];
  readonly #filler: string;
  readonly #stages: Uint8Array;
  readonly #heartbeats: Uint8Array;
  /** Beginnings of upgrade answers that came in pieces. */
  readonly #heads = new Map<number, Buffer>();
  /** Workers of the users between upgrade and handshake. */
  readonly #workers = new Map<number, string>();
  /** When the bytes arrived that are being read. */
  #at = 0;

  constructor({ users, target, address, behaviour, clock, events, tokenOf }: SocketClusterOptions) {
    const isPingPong = behaviour.kind === 'ping-pong';
    this.#events = events;
    this.#clock = clock;
    this.#stages = new Uint8Array(users);
    this.#heartbeats = new Uint8Array(users);
    this.#upgrade = encodeUpgrade(target);
    this.#tokenOf = tokenOf;
    this.#batches = isPingPong ? batchesOf(encodeEvent(behaviour.event, behaviour.payload)) : [];
    this.#filler = isPingPong ? '' : 'f'.repeat(behaviour.payloadBytes);
    this.#lines = new Lines(users, { address, port: target.port }, this.#lineEvents);
    this.#messages = new MessageReader(this.#messageSink);
    this.#packets = new PacketReader(this.#packetSink, {
      reply: isPingPong ? behaviour.reply : 'pong',
      startEpochMs: () => clock.startEpochMs,
    });
  }

  connect(user: number, localAddress: string | undefined): void {
    this.#stages[user] = stages.connecting;
    this.#lines.open(user, localAddress);
  }

  send(user: number, count: number): void {
    for (let left = count; left > 0; ) {
      const batch = this.#batches[Math.min(left, this.#batches.length) - 1];
      if (batch === undefined) return;
      this.#lines.write(user, batch);
      left -= Math.min(left, this.#batches.length);
    }
  }

  subscribe(user: number, channels: readonly string[]): void {
    const frames = channels.map((channel, index) => encodeSubscribe(channel, HANDSHAKE_CALL + 1 + index));
    this.#lines.write(user, Buffer.concat(frames));
  }

  publish(user: number, channel: string, publication: Publication): void {
    const { startEpochMs } = this.#clock;
    this.#lines.write(user, encodePublish(channel, publication, { startEpochMs, filler: this.#filler }));
  }

  abandon(user: number, cause: string): void {
    this.#lines.end(user, cause);
  }

  close(): Promise<void> {
    this.#stages.fill(stages.ended);
    return this.#lines.close();
  }

  readonly #lineEvents: LineEvents = {
    connected: (user) => {
      this.#stages[user] = stages.upgrading;
      this.#lines.write(user, this.#upgrade);
    },
    received: (user, bytes, length) => {
      this.#at = this.#clock.now();
      try {
        if (this.#stages[user] === stages.upgrading) this.#readUpgrade(user, bytes, length);
        else this.#messages.read(user, bytes, 0, length);
      } catch (error) {
        if (!(error instanceof FrameError)) throw error;
        this.#lines.end(user, 'protocol');
      }
    },
    ended: (user, cause) => {
      const wasOpen = this.#stages[user] === stages.open;
      this.#stages[user] = stages.ended;
      this.#heads.delete(user);
      this.#workers.delete(user);
      this.#messages.forget(user);
      if (wasOpen) this.#events.closed(user, cause);
      else this.#events.refused(user, cause);
    },
  };

  readonly #messageSink: MessageSink = {
    message: (user, bytes, start, end) => this.#packets.read(user, bytes, start, end),
    ping: (user, bytes, start, end) => {
      this.#lines.write(user, encodeFrame(opcodes.pong, bytes.subarray(start, end)));
    },
    close: (user, code) => this.#lines.end(user, `close-${code}`),
  };

  // What lies behind the frame that ended a connection is still read, but not told any more.
  readonly #packetSink: PacketSink = {
    heartbeat: (user, protocol) => this.#answerHeartbeat(user, protocol),
    answer: (user, count) => {
      if (this.#stages[user] === stages.open) this.#events.answer(user, count, this.#at);
    },
    publication: (user, publication) => {
      if (this.#stages[user] === stages.open) this.#events.push(user, publication, this.#at);
    },
    response: (user, call, isError) => {
      if (this.#stages[user] === stages.handshaking) this.#finishHandshake(user, call, isError);
      else if (isError) this.#lines.end(user, 'subscribe');
      else if (this.#stages[user] === stages.open) this.#events.subscribed(user);
    },
  };

  #readUpgrade(user: number, bytes: Buffer, length: number): void {
    const chunk = bytes.subarray(0, length);
    const before = this.#heads.get(user);
    const head = before === undefined ? chunk : Buffer.concat([before, chunk]);
    const answer = readUpgradeAnswer(head);
    if (answer.type === 'unfinished') {
      this.#heads.set(user, Buffer.from(head));
      return;
    }
    this.#heads.delete(user);
    if (answer.type === 'refused') return this.#lines.end(user, answer.cause);
    this.#stages[user] = stages.handshaking;
    this.#workers.set(user, answer.worker);
    this.#lines.write(
      user,
      this.#tokenOf === undefined ? handshakeFrame : encodeHandshake(this.#tokenOf(user)),
    );
    this.#messages.read(user, head, answer.bytesRead, head.length);
  }

  #finishHandshake(user: number, call: number, isError: boolean): void {
    if (isError || call !== HANDSHAKE_CALL) return this.#lines.end(user, 'handshake');
    this.#stages[user] = stages.open;
    const worker = this.#workers.get(user) ?? '-';
    this.#workers.delete(user);
    this.#events.opened(user, worker, this.#at);
  }

  #answerHeartbeat(user: number, protocol: 1 | 2): void {
    // A strict server closes whoever says anything but the handshake before its end.
    if (this.#stages[user] !== stages.open) return;
    if (protocol === 2) {
      this.#heartbeats[user] = heartbeats.two;
      this.#lines.write(user, heartbeatFrames[2]);
      return;
    }
    // The first `#1` waits for what follows it: a server that can speak both sends the empty text next.
    if (this.#heartbeats[user] === heartbeats.askedByOne) this.#lines.write(user, heartbeatFrames[1]);
    if (this.#heartbeats[user] === heartbeats.unknown) this.#heartbeats[user] = heartbeats.askedByOne;
  }
}

function batchesOf(frame: Buffer): Buffer[] {
  const most = Math.max(1, Math.min(MAX_BATCH, Math.floor(MAX_BATCH_BYTES / frame.length)));
  const whole = Buffer.concat(Array.from({ length: most }, () => frame));
  return Array.from({ length: most }, (_, index) => whole.subarray(0, (index + 1) * frame.length));
}
