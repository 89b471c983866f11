/**
 * The fast SocketCluster user: upgrade, handshake, login, then events, without a client library and without an
 * object per user beside the socket. `packets.ts` and `packet-reader.ts` know what is said, `../wire/` how it
 * travels; this file knows in which order.
 */
import type { Driver, DriverEvents, DriverOptions, Publication } from '../driver.ts';
import { createRunMark } from '../run-mark.ts';
import { type WebSocketEvents, WebSockets } from '../wire/index.ts';
import { Heartbeats } from './heartbeats.ts';
import { Identities } from './identities.ts';
import { fieldOf, type PacketSink } from './packet-reader.ts';
import { calls, encodeEvent, encodePublish, encodeResponse, encodeSubscribe, FIRST_CALL } from './packets.ts';
import { createVoice, type Voice } from './voice.ts';

/** How far a user has come. */
const stages = { connecting: 1, handshaking: 2, loggingIn: 3, open: 4, ended: 5 } as const;

/** Creates the fast driver of the SocketCluster protocol. It is quiet until the first `connect`. */
export function createSocketClusterDriver(options: DriverOptions): Driver {
  return new SocketClusterDriver(options);
}

class SocketClusterDriver implements Driver {
  readonly #events: DriverEvents;
  readonly #mark: () => string;
  readonly #sockets: WebSockets;
  readonly #identities: Identities;
  readonly #heartbeats: Heartbeats;
  readonly #voices: Voice[];
  readonly #groups: ArrayLike<number>;
  readonly #stages: Uint8Array;
  /** Workers of the users between upgrade and handshake. */
  readonly #workers = new Map<number, string>();

  constructor(options: DriverOptions) {
    const { users, connect, clock, events } = options;
    this.#events = events;
    this.#mark = createRunMark(clock);
    this.#groups = options.groups;
    this.#stages = new Uint8Array(users);
    this.#identities = new Identities(connect, options.numbers);
    this.#heartbeats = new Heartbeats(users, options.protocolVersion);
    this.#sockets = new WebSockets(options, this.#socketEvents);
    this.#voices = options.behaviours.map((behaviour) =>
      createVoice(behaviour, this.#packetSink, this.#mark),
    );
  }

  connect(user: number, localAddress: string | undefined): void {
    this.#stages[user] = stages.connecting;
    this.#heartbeats.reset(user);
    this.#sockets.open(user, localAddress);
  }

  send(user: number, count: number): void {
    const { batches } = this.#voiceOf(user);
    for (let left = count; left > 0; ) {
      const batch = batches[Math.min(left, batches.length) - 1];
      if (batch === undefined) return;
      this.#sockets.write(user, batch);
      left -= Math.min(left, batches.length);
    }
  }

  call(user: number, call: number): void {
    const frame = this.#voiceOf(user).encodeCall?.(call);
    if (frame !== undefined) this.#sockets.write(user, frame);
  }

  subscribe(user: number, channels: readonly number[]): void {
    this.#sockets.write(user, Buffer.concat(channels.map(encodeSubscribe)));
  }

  publish(user: number, publication: Readonly<Publication>): void {
    const mark = this.#mark();
    this.#sockets.write(user, encodePublish(publication, { mark, filler: this.#voiceOf(user).filler }));
  }

  emit(user: number, event: string, data: unknown, call: number | undefined): void {
    this.#sockets.write(user, encodeEvent(event, data, call === undefined ? undefined : FIRST_CALL + call));
  }

  setReading(user: number, isReading: boolean): void {
    this.#sockets.setReading(user, isReading);
  }

  leave(user: number): void {
    this.#forget(user);
    this.#sockets.leave(user);
  }

  abandon(user: number, cause: string): void {
    this.#sockets.end(user, cause);
  }

  close(): Promise<void> {
    this.#stages.fill(stages.ended);
    return this.#sockets.close();
  }

  readonly #socketEvents: WebSocketEvents = {
    granted: (user, worker) => {
      this.#stages[user] = stages.handshaking;
      this.#workers.set(user, worker);
      this.#sockets.write(user, this.#identities.handshake(user));
    },
    message: (user, bytes, start, end) => this.#voiceOf(user).reader.read(user, bytes, start, end),
    ended: (user, cause) => {
      const wasOpen = this.#stages[user] === stages.open;
      this.#forget(user);
      if (wasOpen) this.#events.closed(user, cause);
      else this.#events.refused(user, cause);
    },
  };

  // What lies behind the frame that ended a connection is still read, but not told any more.
  readonly #packetSink: PacketSink = {
    heartbeat: (user, protocol) => {
      // A strict server closes whoever says anything but the handshake before its end.
      if (!this.#isBeyondHandshake(user)) return;
      const frame = this.#heartbeats.answer(user, protocol);
      if (frame !== undefined) this.#sockets.write(user, frame);
    },
    answer: (user, count) => {
      if (this.#isOpen(user)) this.#events.answer(user, count, this.#sockets.at);
    },
    publication: (user, publication) => {
      if (this.#isOpen(user)) this.#events.push(user, publication, this.#sockets.at);
    },
    foreign: (user) => {
      if (this.#isOpen(user)) this.#events.foreign?.(user);
    },
    response: (user, call, isError, packet) => {
      if (this.#isOpen(user)) this.#takeResponse(user, call, isError, packet);
      else if (this.#stages[user] === stages.handshaking) this.#finishHandshake(user, call, isError);
      else if (this.#stages[user] === stages.loggingIn) this.#finishLogin(user, call, isError);
    },
    event: (user, event, data, call) => {
      if (event === '#setAuthToken') this.#identities.take(user, fieldOf(data, 'token'));
      if (event === '#removeAuthToken') this.#identities.take(user, undefined);
      if (call !== undefined && this.#isBeyondHandshake(user))
        this.#sockets.write(user, encodeResponse(call));
      if (this.#isOpen(user) && this.#voiceOf(user).isCustom)
        this.#events.event(user, event, data, this.#sockets.at);
    },
    broken: (user) => this.#sockets.end(user, 'protocol'),
  };

  #finishHandshake(user: number, call: number, isError: boolean): void {
    if (isError || call !== calls.handshake) return this.#sockets.end(user, 'handshake');
    const login = this.#identities.login(user);
    if (login === undefined) return this.#open(user);
    this.#stages[user] = stages.loggingIn;
    this.#sockets.write(user, login);
  }

  #finishLogin(user: number, call: number, isError: boolean): void {
    if (call !== calls.login) return;
    if (isError) this.#sockets.end(user, 'login');
    else this.#open(user);
  }

  #open(user: number): void {
    this.#stages[user] = stages.open;
    const worker = this.#workers.get(user) ?? '-';
    this.#workers.delete(user);
    this.#events.opened(user, worker, this.#sockets.at);
  }

  #takeResponse(user: number, call: number, isError: boolean, packet: unknown): void {
    if (call >= FIRST_CALL) {
      const content = this.#voiceOf(user).isCustom ? fieldOf(packet, isError ? 'error' : 'data') : undefined;
      this.#events.response(user, call - FIRST_CALL, isError, this.#sockets.at, content);
    } else if (isError) this.#sockets.end(user, 'subscribe');
    else if (call >= calls.subscribe) this.#events.subscribed(user, call - calls.subscribe, this.#sockets.at);
  }

  #forget(user: number): void {
    this.#stages[user] = stages.ended;
    this.#workers.delete(user);
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
