/**
 * The published JavaScript clients behind one face, so that one script can be read to all of them, and what its
 * cases are given. How each family is spoken to stands in `callback/testing.ts` (versions up to 14) and
 * `stream/testing.ts` (from 15).
 */
import { expect, vi } from 'vitest';
import { PATIENCE } from '../testing.ts';

/** What a client is told about itself at the end of a handshake. */
export interface Status {
  id: string;
  isAuthenticated: boolean;
  authError?: { name: string; message: string } | null;
}

/** What one client has lived through, each kind in the order it came. */
export class Diary {
  /** Every text frame, pings included. */
  readonly frames: string[] = [];
  readonly connects: Status[] = [];
  /** Ends of connections that had done their handshake. */
  readonly ends: { code: number; data: unknown }[] = [];
  /** Codes of those that had not. */
  readonly aborts: number[] = [];
  readonly events: { event: string; data: unknown }[] = [];
  readonly publications: { channel: string; data: unknown }[] = [];
  readonly subscribed: string[] = [];
  readonly refused: { channel: string; error: unknown }[] = [];
  readonly kicks: { channel: string; message: unknown }[] = [];

  /** Data of the publications of one channel. */
  heardOn(channel: string): unknown[] {
    return this.publications.filter((each) => each.channel === channel).map(({ data }) => data);
  }
}

/** Keeps the token as a browser's storage would; answers by callback and by promise, as both families ask. */
export class TokenKeeper {
  token: string | null;

  constructor(token: string | null) {
    this.token = token;
  }

  saveToken(_name: string, token: string, _options: unknown, saved?: Answered): Promise<string> {
    this.token = token;
    saved?.(null, token);
    return Promise.resolve(token);
  }

  removeToken(_name: string, removed?: Answered): Promise<string | null> {
    const before = this.token;
    this.token = null;
    removed?.(null, before);
    return Promise.resolve(before);
  }

  loadToken(_name: string, loaded?: Answered): Promise<string | null> {
    loaded?.(null, this.token);
    return Promise.resolve(this.token);
  }
}

/** How the callback family hands over a result. */
export type Answered = (error: unknown, data?: unknown) => void;

/** How a client is made. */
export interface Settings {
  port: number;
  tokens: TokenKeeper;
  /** Whether it comes back by itself, and then within a fraction of a second. */
  mayReturn: boolean;
}

/** Options that every version understands. */
export function optionsOf({ port, tokens, mayReturn }: Settings): Record<string, unknown> {
  return {
    hostname: '127.0.0.1',
    port,
    multiplex: false,
    authEngine: tokens,
    autoReconnect: mayReturn,
    autoReconnectOptions: { initialDelay: 50, randomness: 50, multiplier: 1.1, maxDelay: 500 },
    ackTimeout: 10_000,
  };
}

/** One client of any version. */
export interface StockClient {
  readonly diary: Diary;
  /** Text of the ping it answers. */
  readonly ping: '#1' | '';
  /** Rejects with what the server answered as an error. */
  call(event: string, data?: unknown): Promise<unknown>;
  /** Sends an event and wants no answer. */
  send(event: string, data?: unknown): void;
  /** Notes the data of an event in the diary from now on. */
  listenTo(event: string): void;
  /** Answers calls of the server from now on. */
  answer(event: string, answerOf: (data: unknown) => unknown): void;
  /** Subscribes, and notes publications in the diary; success and failure are noted there too. */
  subscribe(channel: string): void;
  unsubscribe(channel: string): void;
  /** Resolves with the server's word that it was published. */
  publish(channel: string, data: unknown): Promise<unknown>;
  authenticate(token: string): Promise<unknown>;
  /** Gives the token up, and tells the server where the version does. */
  deauthenticate(): void;
  /** Ends the connection. */
  leave(code: number, data?: string): void;
}

/** A client that has done its handshake. */
export interface Guest {
  client: StockClient;
  tokens: TokenKeeper;
  status: Status;
  /** Number of the worker that holds it. */
  worker: number;
}

/** What a case is given. */
export interface Meeting {
  /** A name no other case has. */
  name: string;
  /** Makes a client of the version under test and waits for its handshake; it is ended with the case. */
  connect(tokens?: TokenKeeper): Promise<Guest>;
  /** A client, of another version, on the worker that the guest is not on. */
  acrossFrom(guest: Guest): StockClient;
  /** How the server says that a client ended: code, and reason or data. */
  endOf(guest: Guest): Promise<{ code: number; reason: unknown }>;
  /** A token of this cluster, of another one, or one whose time is up. */
  token(kind: 'good' | 'foreign' | 'expired'): string;
}

/** Resolves when the expectations hold. */
export function until(expectations: () => void): Promise<void> {
  return vi.waitFor(expectations, { ...PATIENCE, interval: 10 });
}

/** Subscribes, and resolves when the server has said yes. */
export async function subscribed(client: StockClient, channel: string): Promise<void> {
  client.subscribe(channel);
  await until(() => expect(client.diary.subscribed).toContain(channel));
}
