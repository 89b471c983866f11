/**
 * The fast SocketCluster user: upgrade, handshake, login, then events, without a client library and without an
 * object per user beside the socket. `packets.ts` and `packet-reader.ts` know what is said, `../wire/` how it
 * travels; this file knows in which order.
 */
import type { Clock, Driver, DriverEvents, DriverOptions, Publication, Trace } from '../driver.ts';
import {
  encodeFrame,
  encodeUpgrade,
  FrameError,
  type LineEvents,
  Lines,
  MessageReader,
  opcodes,
  textsOf,
  UpgradeReader,
} from '../wire/index.ts';
import { Heartbeats } from './heartbeats.ts';
import { Identities } from './identities.ts';
import { fieldOf, type PacketSink } from './packet-reader.ts';
import { calls, encodeEvent, encodePublish, encodeResponse, encodeSubscribe, FIRST_CALL } from './packets.ts';
import { createVoice, type Voice } from './voice.ts';

/** How far a user has come. */
const stages = { connecting: 1, upgrading: 2, handshaking: 3, loggingIn: 4, open: 5, ended: 6 } as const;

/** The close frame of a client that is done: code 1000. */
const farewell = encodeFrame(opcodes.close, Uint8Array.of(0x03, 0xe8));

/** Creates the fast driver of the SocketCluster protocol. It is quiet until the first `connect`. */
export function createSocketClusterDriver(options: DriverOptions): Driver {
  return new SocketClusterDriver(options);
}

class SocketClusterDriver implements Driver {
  readonly #events: DriverEvents;
  readonly #clock: Clock;
  readonly #trace: Trace | undefined;
  readonly #lines: Lines;
  readonly #upgrade: Buffer;
  readonly #identities: Identities;
  readonly #heartbeats: Heartbeats;
  readonly #voices: Voice[];
  readonly #groups: ArrayLike<number>;
  readonly #stages: Uint8Array;
  /** Workers of the users between upgrade and handshake. */
  readonly #workers = new Map<number, string>();
  /** When the bytes arrived that are being read. */
  #at = 0;

  constructor({ users, target, address, connect, clock, events, trace, ...options }: DriverOptions) {
    this.#events = events;
    this.#clock = clock;
    this.#trace = trace;
    this.#groups = options.groups;
    this.#stages = new Uint8Array(users);
    this.#upgrade = encodeUpgrade({ ...target, ...connect });
    this.#identities = new Identities(connect, options.numbers);
    this.#heartbeats = new Heartbeats(users, options.protocolVersion);
    this.#lines = new Lines(users, { ...target, address }, this.#lineEvents);
    this.#voices = options.behaviours.map((behaviour) =>
      createVoice(behaviour, this.#packetSink, () => clock.startEpochMs),
    );
  }

  connect(user: number, localAddress: string | undefined): void {
    this.#stages[user] = stages.connecting;
    this.#heartbeats.reset(user);
    this.#lines.open(user, localAddress);
  }

  send(user: number, count: number): void {
    const { batches } = this.#voiceOf(user);
    for (let left = count; left > 0; ) {
      const batch = batches[Math.min(left, batches.length) - 1];
      if (batch === undefined) return;
      this.#write(user, batch);
      left -= Math.min(left, batches.length);
    }
  }

  call(user: number, call: number): void {
    const frame = this.#voiceOf(user).encodeCall?.(call);
    if (frame !== undefined) this.#write(user, frame);
  }

  subscribe(user: number, channels: readonly number[]): void {
    this.#write(user, Buffer.concat(channels.map(encodeSubscribe)));
  }

  publish(user: number, publication: Readonly<Publication>): void {
    const { startEpochMs } = this.#clock;
    this.#write(user, encodePublish(publication, { startEpochMs, filler: this.#voiceOf(user).filler }));
  }

  emit(user: number, event: string, data: unknown, call: number | undefined): void {
    this.#write(user, encodeEvent(event, data, call === undefined ? undefined : FIRST_CALL + call));
  }

  setReading(user: number, isReading: boolean): void {
    this.#lines.setReading(user, isReading);
  }

  leave(user: number): void {
    this.#forget(user);
    this.#lines.leave(user, farewell);
  }

  abandon(user: number, cause: string): void {
    this.#lines.end(user, cause);
  }

  close(): Promise<void> {
    this.#stages.fill(stages.ended);
    return this.#lines.close();
  }

  #write(user: number, frame: Buffer): void {
    if (user === this.#trace?.user) this.#traceOut(this.#trace, frame);
    this.#lines.write(user, frame);
  }

  readonly #lineEvents: LineEvents = {
    connected: (user) => {
      this.#stages[user] = stages.upgrading;
      this.#lines.write(user, this.#upgrade);
    },
    received: (user, bytes, length) => {
      this.#at = this.#clock.now();
      try {
        if (this.#stages[user] === stages.upgrading) this.#upgrades.read(user, bytes, length);
        else this.#messages.read(user, bytes, 0, length);
      } catch (error) {
        if (!(error instanceof FrameError)) throw error;
        this.#lines.end(user, 'protocol');
      }
    },
    ended: (user, cause) => {
      const wasOpen = this.#stages[user] === stages.open;
      this.#forget(user);
      if (wasOpen) this.#events.closed(user, cause);
      else this.#events.refused(user, cause);
    },
  };

  readonly #upgrades = new UpgradeReader({
    granted: (user, worker, bytes, start, end) => {
      this.#stages[user] = stages.handshaking;
      this.#workers.set(user, worker);
      this.#write(user, this.#identities.handshake(user));
      this.#messages.read(user, bytes, start, end);
    },
    refused: (user, cause) => this.#lines.end(user, cause),
  });

  readonly #messages = new MessageReader({
    message: (user, bytes, start, end) => {
      if (user === this.#trace?.user) this.#trace.frame('in', bytes.toString('utf8', start, end), this.#at);
      this.#voiceOf(user).reader.read(user, bytes, start, end);
    },
    ping: (user, bytes, start, end) => {
      this.#lines.write(user, encodeFrame(opcodes.pong, bytes.subarray(start, end)));
    },
    close: (user, code) => this.#lines.end(user, `close-${code}`),
  });

  // What lies behind the frame that ended a connection is still read, but not told any more.
  readonly #packetSink: PacketSink = {
    heartbeat: (user, protocol) => {
      // A strict server closes whoever says anything but the handshake before its end.
      if (!this.#isBeyondHandshake(user)) return;
      const frame = this.#heartbeats.answer(user, protocol);
      if (frame !== undefined) this.#write(user, frame);
    },
    answer: (user, count) => {
      if (this.#isOpen(user)) this.#events.answer(user, count, this.#at);
    },
    publication: (user, publication) => {
      if (this.#isOpen(user)) this.#events.push(user, publication, this.#at);
    },
    response: (user, call, isError, packet) => {
      if (this.#isOpen(user)) this.#takeResponse(user, call, isError, packet);
      else if (this.#stages[user] === stages.handshaking) this.#finishHandshake(user, call, isError);
      else if (this.#stages[user] === stages.loggingIn) this.#finishLogin(user, call, isError);
    },
    event: (user, event, data, call) => {
      if (event === '#setAuthToken') this.#identities.take(user, fieldOf(data, 'token'));
      if (event === '#removeAuthToken') this.#identities.take(user, undefined);
      if (call !== undefined && this.#isBeyondHandshake(user)) this.#write(user, encodeResponse(call));
      if (this.#isOpen(user) && this.#voiceOf(user).isCustom) this.#events.event(user, event, data, this.#at);
    },
  };

  #finishHandshake(user: number, call: number, isError: boolean): void {
    if (isError || call !== calls.handshake) return this.#lines.end(user, 'handshake');
    const login = this.#identities.login(user);
    if (login === undefined) return this.#open(user);
    this.#stages[user] = stages.loggingIn;
    this.#write(user, login);
  }

  #finishLogin(user: number, call: number, isError: boolean): void {
    if (call !== calls.login) return;
    if (isError) this.#lines.end(user, 'login');
    else this.#open(user);
  }

  #open(user: number): void {
    this.#stages[user] = stages.open;
    const worker = this.#workers.get(user) ?? '-';
    this.#workers.delete(user);
    this.#events.opened(user, worker, this.#at);
  }

  #takeResponse(user: number, call: number, isError: boolean, packet: unknown): void {
    if (call >= FIRST_CALL) {
      const content = this.#voiceOf(user).isCustom ? fieldOf(packet, isError ? 'error' : 'data') : undefined;
      this.#events.response(user, call - FIRST_CALL, isError, this.#at, content);
    } else if (isError) this.#lines.end(user, 'subscribe');
    else if (call >= calls.subscribe) this.#events.subscribed(user, call - calls.subscribe, this.#at);
  }

  #traceOut(trace: Trace, frames: Buffer): void {
    for (const text of textsOf(frames)) trace.frame('out', text, this.#clock.now());
  }

  #forget(user: number): void {
    this.#stages[user] = stages.ended;
    this.#upgrades.forget(user);
    this.#workers.delete(user);
    this.#messages.forget(user);
  }

  #isOpen(user: number): boolean {
    return this.#stages[user] === stages.open;
  }

  #isBeyondHandshake(user: number): boolean {
    return this.#isOpen(user) || this.#stages[user] === stages.loggingIn;
  }

  #voiceOf(user: number): Voice {
    const voice = this.#voices[this.#groups[user] ?? 0];
    if (voice !== undefined) return voice;
    throw new TypeError(`Cannot speak as user ${user}: its group has no behaviour`);
  }
}
