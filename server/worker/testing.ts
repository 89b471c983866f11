/** What tests of the worker share: a realtime server without processes, and clients without a network. */
import { onTestFinished } from 'vitest';
import { type Broker, createMemoryBroker, createMemoryStore } from '../broker/index.ts';
import type { OptionsInput } from '../options/index.ts';
import { FakeWire, testOptions } from '../testing.ts';
import { Auth } from './auth/index.ts';
import { Exchange } from './exchange.ts';
import { SCServer } from './server.ts';
import type { Visitor } from './session/index.ts';
import type { SCSocket } from './socket/index.ts';

/** A server whose clock stops with the test. Its broker lives in memory unless the test brings one. */
export function makeServer(input: Partial<OptionsInput> = {}, broker?: Broker): SCServer {
  const exchange = new Exchange();
  const server = new SCServer(testOptions({ protocolVersion: 2, ...input }), exchange);
  const store = createMemoryStore(server.sessions.takeNotice, undefined, server.auth.revocations);
  exchange.attach(broker ?? createMemoryBroker(exchange.deliver), store);
  server.sessions.attach(store, 0);
  server.auth.attach(store);
  onTestFinished(() => server.heartbeat.stop());
  return server;
}

/** A broker that is away: it does what the test makes of each call. */
export function fakeBroker(calls: Partial<Broker>): Broker {
  const done = async (): Promise<void> => {};
  return { subscribe: done, unsubscribe: done, publish: done, transmit: () => {}, close: done, ...calls };
}

/** A client of a server, without a network. */
export class Client {
  readonly wire = new FakeWire();
  readonly #server: SCServer;

  constructor(server: SCServer, visitor?: Visitor) {
    this.#server = server;
    server.admit(this.wire, '127.0.0.1', visitor);
  }

  get socket(): SCSocket {
    return this.wire.owner as SCSocket;
  }

  /** Sends a packet, or text as it is. */
  say(message: unknown): void {
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    this.#server.wires.message(this.wire, text);
  }

  /** What the server has said since the last call; packets are parsed. */
  hear(): unknown[] {
    const texts = this.wire.texts.map((text) => (text.startsWith('{') ? JSON.parse(text) : text));
    this.wire.frames.length = 0;
    return texts;
  }

  /** Does the handshake. */
  open(): this {
    this.say({ event: '#handshake', data: { authToken: null }, cid: 1 });
    this.hear();
    return this;
  }

  /** Is gone. */
  end(code = 1006, reason = ''): void {
    this.wire.isOpen = false;
    this.#server.wires.closed(this.wire, code, reason);
  }
}

/** Signs a token, with the key of `makeServer` unless told otherwise. */
export function sign(payload: Record<string, unknown>, authKey = 'secret'): string {
  return new Auth({ authKey, authDefaultExpiry: 60, authCacheSize: 0 }, () => []).sign(payload);
}

/** Resolves when everything that is settled has been heard of. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
