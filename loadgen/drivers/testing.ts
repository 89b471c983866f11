/** Test only: a small target that speaks SocketCluster over `ws`, an implementation that is not ours. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { PlannedBehaviour } from '../plan/index.ts';
import type { DriverEvents, DriverOptions } from './driver.ts';

/** How long a test waits for what must come: only what hangs is to end by it, not what shares its machine. */
export const FACT = { timeout: 20_000, interval: 5 };

/** One packet as a client sends it. */
export interface TestPacket {
  event: string;
  data?: unknown;
  cid?: number;
}

export interface TargetOptions {
  /** Name told in the header of the upgrade. Default `7`; null: none is told. */
  worker?: string | null;
  /** Status to refuse upgrades with; 0 leaves them without an answer. Default 101. */
  status?: number;
  /** Texts sent right after the handshake. */
  greetings?: string[];
  /** Sees each packet first; true keeps the target from answering it. */
  onPacket?(socket: WebSocket, packet: TestPacket): boolean;
}

/** Answers handshakes and subscriptions, `ping` with a counted `pong`, and delivers publications. */
export class TestTarget {
  /** Sockets open now. */
  readonly sockets = new Set<WebSocket>();
  /** Texts received that are no packets. */
  readonly raw: string[] = [];
  /** Packets received. */
  readonly packets: TestPacket[] = [];
  /** Upgrade requests received. */
  readonly requests: IncomingMessage[] = [];
  /** Codes of the close frames received. */
  readonly closeCodes: number[] = [];
  readonly #http: Server = createServer();
  readonly #upgrades = new WebSocketServer({ noServer: true });
  readonly #members = new Map<string, Set<WebSocket>>();
  readonly #options: TargetOptions;
  #count = 0;

  constructor(options: TargetOptions) {
    this.#options = options;
    const { worker = '7', status = 101 } = options;
    this.#upgrades.on('headers', (headers) => {
      if (worker !== null) headers.push(`SC-Worker: ${worker}`);
    });
    this.#http.on('upgrade', (request, stream, head) => {
      this.requests.push(request);
      stream.on('error', () => {});
      if (status === 0) return;
      if (status === 101)
        this.#upgrades.handleUpgrade(request, stream, head, (socket) => this.#welcome(socket));
      else stream.end(`HTTP/1.1 ${status} No\r\nConnection: close\r\n\r\n`);
    });
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#http.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.terminate();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  #welcome(socket: WebSocket): void {
    this.sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', (code) => {
      this.closeCodes.push(code);
      this.sockets.delete(socket);
      for (const subscribers of this.#members.values()) subscribers.delete(socket);
    });
    socket.on('message', (message) => {
      const text = (message as Buffer).toString();
      if (!text.startsWith('{')) {
        this.raw.push(text);
        return;
      }
      const packet = JSON.parse(text) as TestPacket;
      this.packets.push(packet);
      if (this.#options.onPacket?.(socket, packet) !== true) this.#answer(socket, packet);
    });
  }

  #answer(socket: WebSocket, { event, data, cid }: TestPacket): void {
    const { channel = '' } = (data ?? {}) as { channel?: string };
    const subscribers = this.#members.get(channel) ?? new Set();
    switch (event) {
      case '#handshake':
        socket.send(`{"rid":${cid},"data":{"id":"x","pingTimeout":20000,"isAuthenticated":false}}`);
        for (const greeting of this.#options.greetings ?? []) socket.send(greeting);
        break;
      case 'ping':
        this.#count += 1;
        socket.send(`{"event":"pong","data":{"count":${this.#count}}}`);
        break;
      case 'call':
        socket.send(`{"rid":${cid},"data":{"done":true}}`);
        break;
      case '#subscribe':
        this.#members.set(channel, subscribers.add(socket));
        socket.send(`{"rid":${cid}}`);
        break;
      case '#publish':
        for (const subscriber of subscribers) subscriber.send(JSON.stringify({ event, data }));
    }
  }
}

/** Starts a target on a free port of 127.0.0.1. */
export function startTarget(options: TargetOptions = {}): Promise<TestTarget> {
  return new TestTarget(options).listen();
}

/** A ping-pong whose users send to whatever they are told. */
export const pingPong: PlannedBehaviour = {
  kind: 'ping-pong',
  event: 'ping',
  reply: 'pong',
  payload: { message: 'hello' },
  every: { mean: 1, shape: 'even', spread: 0.5 },
  model: 'open',
};

/** Events of a driver that are written down in words. */
export function driverTold() {
  const told: string[] = [];
  const events: DriverEvents = {
    opened: (user, worker, at) => told.push(`${user} opened ${worker} ${at}`),
    refused: (user, cause) => told.push(`${user} refused ${cause}`),
    closed: (user, cause) => told.push(`${user} closed ${cause}`),
    answer: (user, count, at) => told.push(`${user} answer ${count} ${at}`),
    response: (user, call, isError, _at, content) =>
      told.push(`${user} response ${call} ${isError} ${JSON.stringify(content)}`),
    subscribed: (user, channel) => told.push(`${user} subscribed ${channel}`),
    push: (user, publication) => told.push([user, 'push', ...Object.values(publication)].join(' ')),
    foreign: (user) => told.push(`${user} foreign`),
    event: (user, event, data) => told.push(`${user} event ${event} ${JSON.stringify(data)}`),
  };
  const wait = async (text: string): Promise<void> => {
    await vi.waitFor(() => expect(told).toContain(text), FACT);
  };
  return { events, told, wait };
}

const silent = (): void => {};

/** Options of a driver for eight users that all do the same, at a clock that stands still. */
export function driverOptions({
  port,
  behaviour = pingPong,
  ...changes
}: Partial<DriverOptions> & { port: number; behaviour?: PlannedBehaviour }): DriverOptions {
  return {
    users: 8,
    behaviours: [behaviour],
    groups: new Uint8Array(8),
    numbers: [0, 1, 2, 3, 4, 5, 6, 7],
    target: { host: 'localhost', port, path: '/socketcluster/', secure: false },
    address: '127.0.0.1',
    connect: {},
    protocolVersion: 'auto',
    clock: { now: () => 5, startEpochMs: 1_700_000_000_000 },
    events: {
      opened: silent,
      refused: silent,
      closed: silent,
      answer: silent,
      response: silent,
      subscribed: silent,
      push: silent,
      event: silent,
    },
    ...changes,
  };
}
