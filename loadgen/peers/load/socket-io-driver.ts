/**
 * A user of Socket.IO as cheap as the other drivers: WebSocket alone, frames encoded once, packets told by their bytes.
 * It says what the measured application understands, and nothing else.
 */
import type { Driver, DriverEvents, DriverOptions, Publication } from '../../drivers/index.ts';
import { batchesOf, type WebSocketEvents, WebSockets } from '../../drivers/wire/index.ts';
import { channelName } from '../../plan/index.ts';
import {
  callOf,
  encodeSocketIoEvent,
  events,
  heartbeatFrame,
  joinFrame,
  type Meaning,
  meaningOf,
} from './socket-io-packets.ts';

/** As long as the mark of a run that SocketCluster's publications carry. */
const MARK = 'peers0';
/** Told for every delivery: what it holds is not looked at. */
const UNREAD: Publication = { channel: 0, publisher: 0, sequence: Number.NaN, intended: Number.NaN };

/** Creates the driver. All users do the same: the first of the behaviours. It is quiet until the first `connect`. */
export function createSocketIoDriver(options: DriverOptions): Driver {
  return new SocketIoDriver(options);
}

class SocketIoDriver implements Driver {
  readonly #events: DriverEvents;
  readonly #sockets: WebSockets;
  readonly #pings: readonly Buffer[];
  readonly #filler: string;
  /** 1 for users that have joined. */
  readonly #joined: Uint8Array;

  constructor(options: DriverOptions) {
    const [behaviour] = options.behaviours;
    this.#events = options.events;
    this.#joined = new Uint8Array(options.users);
    this.#pings =
      behaviour?.kind === 'ping-pong'
        ? batchesOf(encodeSocketIoEvent([behaviour.event, behaviour.payload]))
        : [];
    this.#filler = behaviour?.kind === 'channels' ? 'f'.repeat(behaviour.payloadBytes) : '';
    this.#sockets = new WebSockets(options, this.#socketEvents);
  }

  connect(user: number, localAddress: string | undefined): void {
    this.#joined[user] = 0;
    this.#sockets.open(user, localAddress);
  }

  send(user: number, count: number): void {
    for (let left = count; left > 0; ) {
      const batch = this.#pings[Math.min(left, this.#pings.length) - 1];
      if (batch === undefined) return;
      this.#sockets.write(user, batch);
      left -= Math.min(left, this.#pings.length);
    }
  }

  subscribe(user: number, channels: readonly number[]): void {
    for (const channel of channels) {
      this.#sockets.write(user, encodeSocketIoEvent([events.subscribe, channelName(channel)], channel));
    }
  }

  publish(user: number, { channel, publisher, sequence, intended }: Readonly<Publication>): void {
    const body = { r: MARK, p: publisher, n: sequence, t: Math.round(intended * 1e6), f: this.#filler };
    this.#sockets.write(user, encodeSocketIoEvent([events.publish, channelName(channel), body]));
  }

  call(user: number): void {
    refuse('call', user);
  }

  emit(user: number): void {
    refuse('emit', user);
  }

  setReading(user: number, isReading: boolean): void {
    this.#sockets.setReading(user, isReading);
  }

  leave(user: number): void {
    this.#joined[user] = 0;
    this.#sockets.leave(user);
  }

  abandon(user: number, cause: string): void {
    this.#sockets.end(user, cause);
  }

  close(): Promise<void> {
    this.#joined.fill(0);
    return this.#sockets.close();
  }

  readonly #socketEvents: WebSocketEvents = {
    granted: () => {}, // The server speaks first.
    message: (user, bytes, start, end) => {
      const meaning = meaningOf(bytes, start, end);
      if (this.#joined[user] !== 1) this.#greet(user, meaning);
      else if (meaning === 'publication') this.#events.push(user, UNREAD, this.#sockets.at);
      else if (meaning === 'answer') this.#events.answer(user, Number.NaN, this.#sockets.at);
      else if (meaning === 'acknowledgement')
        this.#events.subscribed(user, callOf(bytes, start, end), this.#sockets.at);
      else this.#keep(user, meaning);
    },
    ended: (user, cause) => {
      const wasJoined = this.#joined[user] === 1;
      this.#joined[user] = 0;
      if (wasJoined) this.#events.closed(user, cause);
      else this.#events.refused(user, cause);
    },
  };

  #greet(user: number, meaning: Meaning): void {
    if (meaning === 'open') this.#sockets.write(user, joinFrame);
    else if (meaning === 'joined') {
      this.#joined[user] = 1;
      this.#events.opened(user, '-', this.#sockets.at);
    } else this.#keep(user, meaning);
  }

  #keep(user: number, meaning: Meaning): void {
    if (meaning === 'heartbeat') this.#sockets.write(user, heartbeatFrame);
    else if (meaning === 'ended') this.#sockets.end(user, 'refused');
  }
}

function refuse(what: string, user: number): never {
  throw new TypeError(
    `Cannot ${what} as user ${user}: the measured application knows pings and channels alone`,
  );
}
