/**
 * The user as people have it: the published client, with its streams, timers and promises. Dearer and slower than
 * the fast driver; it shows what of a time is the client's own, and that both drivers say the same.
 */
import { type AGClientSocket, create, type Stream } from 'socketcluster-client';
import type { WebSocket } from 'ws';
import { channelName, type PlannedBehaviour } from '../../plan/index.ts';
import { MOST_UNSENT_BYTES, UNREAD } from '../backlogs.ts';
import type { Driver, DriverEvents, DriverOptions, Publication } from '../driver.ts';
import { createRunMark } from '../run-mark.ts';
import { breaksProtocol } from '../socketcluster/index.ts';
import { causeOfCode, causeOfError } from './causes.ts';
import { ClientOptionsMaker } from './client-options.ts';
import { numberIn, packPublication, readPublication } from './publications.ts';

/** A user with a connection. */
interface Client {
  socket: AGClientSocket;
  isOpen: boolean;
  /** Name of the worker that answered. */
  worker: string;
  /** What the WebSocket told of why it ended. */
  cause: string | undefined;
}

/** Errors the client makes itself of calls that nobody answered. */
const UNANSWERED = ['TimeoutError', 'BadConnectionError'];

/** Creates the driver of the published client. It is quiet until the first `connect`. */
export function createClientDriver(options: DriverOptions): Driver {
  return new ClientDriver(options);
}

class ClientDriver implements Driver {
  readonly #options: DriverOptions;
  readonly #mark: () => string;
  readonly #events: DriverEvents;
  readonly #maker: ClientOptionsMaker;
  readonly #clients: (Client | undefined)[];
  /** WebSockets the kernel still holds. */
  readonly #held = new Set<WebSocket>();

  constructor(options: DriverOptions) {
    this.#options = options;
    this.#mark = createRunMark(options.clock);
    this.#events = options.events;
    this.#maker = new ClientOptionsMaker(options);
    this.#clients = Array.from({ length: options.users });
  }

  connect(user: number, localAddress: string | undefined): void {
    const socket = create(this.#maker.make(user, localAddress));
    const client: Client = { socket, isOpen: false, worker: '-', cause: undefined };
    this.#clients[user] = client;
    this.#watch(user, client);
    void each(socket.listener('close'), ({ code }) =>
      this.#end(user, client, client.cause ?? causeOfCode(code, client.isOpen)),
    );
    void each(socket.listener('connect'), () => this.#connected(user, client));
    const behaviour = this.#behaviourOf(user);
    if (behaviour.kind === 'ping-pong') {
      void each(socket.receiver(behaviour.reply), (data) => {
        this.#events.answer(user, numberIn(data, 'count'), this.#now());
      });
    } else if (behaviour.kind === 'custom') {
      void each(socket.listener('message'), ({ message }) => this.#tellEvents(user, message));
    }
  }

  send(user: number, count: number): void {
    const behaviour = this.#behaviourOf(user);
    if (behaviour.kind !== 'ping-pong') return;
    for (let sent = 0; sent < count; sent += 1) {
      void this.#clients[user]?.socket.transmit(behaviour.event, behaviour.payload);
    }
  }

  call(user: number, call: number): void {
    const behaviour = this.#behaviourOf(user);
    if (behaviour.kind === 'calls') this.emit(user, behaviour.event, behaviour.payload, call);
  }

  subscribe(user: number, channels: readonly number[]): void {
    const client = this.#clients[user];
    if (client === undefined) return;
    for (const number of channels) {
      const channel = client.socket.subscribe(channelName(number));
      void each(channel.listener('subscribe'), () => this.#events.subscribed(user, number, this.#now()));
      void each(channel.listener('subscribeFail'), () => this.#end(user, client, 'subscribe'));
      void each(channel, (data) => {
        const publication = readPublication(number, data, this.#mark());
        if (publication === undefined) this.#events.foreign?.(user);
        else this.#events.push(user, publication, this.#now());
      });
    }
  }

  publish(user: number, publication: Readonly<Publication>): void {
    const behaviour = this.#behaviourOf(user);
    const bytes = behaviour.kind === 'channels' ? behaviour.payloadBytes : 0;
    const body = packPublication(publication, this.#mark(), bytes);
    void this.#clients[user]?.socket.transmitPublish(channelName(publication.channel), body);
  }

  emit(user: number, event: string, data: unknown, call: number | undefined): void {
    const client = this.#clients[user];
    if (call === undefined) void client?.socket.transmit(event, data);
    else if (client !== undefined) void this.#invoke(user, client, { event, data, call });
  }

  setReading(user: number, isReading: boolean): void {
    const socket = this.#clients[user]?.socket.transport.socket;
    if (isReading) socket?.resume();
    else socket?.pause();
  }

  leave(user: number): void {
    this.#take(user)?.socket.disconnect();
  }

  abandon(user: number, cause: string): void {
    const client = this.#clients[user];
    if (client !== undefined) this.#end(user, client, cause);
  }

  async close(): Promise<void> {
    for (const user of this.#clients.keys()) this.#take(user);
    const gone = [...this.#held].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of this.#held) socket.terminate();
    await Promise.all(gone);
  }

  /** What the client does not tell: the worker, why a connection failed, and the frames. */
  #watch(user: number, client: Client): void {
    const { socket } = client.socket.transport;
    const { trace, clock } = this.#options;
    this.#held.add(socket);
    socket.on('close', () => this.#held.delete(socket));
    socket.on('upgrade', ({ headers }) => {
      client.worker = String(headers['sc-worker'] ?? '-');
    });
    socket.on('error', (error) => {
      client.cause = causeOfError(error);
    });
    const read = socket.onmessage;
    socket.onmessage = (message) => {
      try {
        read?.(message);
      } catch {
        // The client does not take every name of an event: what it throws would end the process.
        this.#end(user, client, 'protocol');
      }
    };
    const send = socket.send.bind(socket);
    socket.send = (text: unknown) => {
      if (this.#isUnread(user, client)) return;
      if (user === trace?.user) trace.frame('out', String(text), clock.now());
      send(String(text));
    };
    socket.on('ping', () => this.#isUnread(user, client));
    if (user === trace?.user)
      socket.on('message', (bytes: Buffer) => trace.frame('in', String(bytes), clock.now()));
  }

  /** Drops a user of whose messages too many wait for the target, once whoever sends is done. Says whether they do. */
  #isUnread(user: number, client: Client): boolean {
    const isUnread = client.socket.transport.socket.bufferedAmount > MOST_UNSENT_BYTES;
    if (isUnread) queueMicrotask(() => this.#end(user, client, UNREAD));
    return isUnread;
  }

  async #connected(user: number, client: Client): Promise<void> {
    const { login } = this.#options.connect;
    if (login !== undefined && this.#maker.needsLogin(user)) {
      try {
        await client.socket.invoke(login.event, login.data);
      } catch {
        return this.#end(user, client, 'login');
      }
    }
    if (this.#clients[user] !== client) return;
    client.isOpen = true;
    this.#events.opened(user, client.worker, this.#now());
  }

  async #invoke(
    user: number,
    client: Client,
    { event, data, call }: { event: string; data: unknown; call: number },
  ): Promise<void> {
    const [isError, content] = await client.socket.invoke(event, data).then(
      (answer) => [false, answer] as const,
      (error: Error) => [true, error] as const,
    );
    if (this.#clients[user] !== client || (isError && UNANSWERED.includes((content as Error).name))) return;
    const isCustom = this.#behaviourOf(user).kind === 'custom';
    this.#events.response(user, call, isError, this.#now(), isCustom ? content : undefined);
  }

  #tellEvents(user: number, message: string): void {
    let packet: unknown;
    try {
      packet = JSON.parse(message);
    } catch {
      return; // A heartbeat.
    }
    for (const one of Array.isArray(packet) ? (packet as unknown[]) : [packet]) {
      const client = this.#clients[user];
      if (client !== undefined && breaksProtocol(one)) return this.#end(user, client, 'protocol');
      const { event, data } = (one ?? {}) as { event?: unknown; data?: unknown };
      if (typeof event === 'string' && client?.isOpen === true) {
        this.#events.event(user, event, data, this.#now());
      }
    }
  }

  /** Tells of the end of a connection, once, and lets nothing more be told of it. */
  #end(user: number, client: Client, cause: string): void {
    if (this.#clients[user] !== client) return;
    this.#take(user);
    client.socket.transport.socket.terminate();
    if (client.isOpen) this.#events.closed(user, cause);
    else this.#events.refused(user, cause);
  }

  #take(user: number): Client | undefined {
    const client = this.#clients[user];
    this.#clients[user] = undefined;
    client?.socket.killAllListeners();
    client?.socket.killAllReceivers();
    client?.socket.killAllChannels();
    return client;
  }

  #now(): number {
    return this.#options.clock.now();
  }

  #behaviourOf(user: number): PlannedBehaviour {
    return this.#options.behaviours[this.#options.groups[user] ?? 0] ?? { kind: 'idle' };
  }
}

/** Hands over what a stream yields until it is killed. */
async function each<Value>(stream: Stream<Value>, take: (value: Value) => unknown): Promise<void> {
  for await (const value of stream) void take(value);
}
