/**
 * The line to NATS, and the only file of the bench that knows its client. Values are JSON; what cannot be read is
 * dropped, because everybody on the bus may write. The line comes back by itself, for as long as it is wanted.
 */

import { readFileSync } from 'node:fs';
import {
  type ConnectionOptions,
  connect,
  createInbox,
  credsAuthenticator,
  type Msg,
  type NatsConnection,
  type NodeConnectionOptions,
} from '@nats-io/transport-node';
import { asError, ClusterError } from '../../server/errors/index.ts';
import type { BusAddress } from './address.ts';
import { MOST_CHARACTERS } from './sequence.ts';
import { type Subjects, subjectsOf } from './subjects.ts';

/** Answers a question; dropped when nobody waits for it. */
export type Answer = (value: object) => void;

export interface Bus {
  readonly subjects: Subjects;
  /** Where it is, without secrets. */
  readonly place: string;
  readonly isConnected: boolean;
  /** What NATS last complained of, for example a subject that is not allowed; empty when nothing. */
  readonly complaint: string;
  /** Says something. What is said while the line is down may be lost, and so may its last words. */
  publish(subject: string, value: object): void;
  /** Hears what is said there from now on; returns what ends it. */
  subscribe(subject: string, listener: (value: unknown, answer: Answer) => void): () => void;
  /** Asks one listener. @throws Error when there is none, or no answer in time. */
  request(subject: string, value: object, withinMs: number): Promise<unknown>;
  /** Asks all listeners and takes what they answer in that time. */
  requestAll(subject: string, value: object, withinMs: number): Promise<unknown[]>;
  /**
   * Resolves when the server knows of all subscriptions and words so far.
   *
   * @throws ClusterError BUS_UNREACHABLE when it does not answer in time, or the line goes down meanwhile.
   */
  flush(): Promise<void>;
  /** Told when the line goes down and when it is up again; returns what ends it. */
  onChange(listener: (isConnected: boolean) => void): () => void;
  /** Resolves, with the reason, when the line will not come back: this one closed it, or is let in no more. */
  readonly ended: Promise<string>;
  close(): Promise<void>;
}

/** Time for the first connection, milliseconds. */
const CONNECT_WITHIN_MS = 5_000;
/** Pause before each further attempt, milliseconds. Up to half as much is added by chance. */
const RECONNECT_MS = 200;
/** Time for last words, milliseconds. */
const LAST_WORDS_MS = 1_000;
/** Time for an answer of the server itself, milliseconds. */
const FLUSH_WITHIN_MS = 5_000;
const MILLISECONDS = 1_000;
/** Bytes that NATS has to take at once: a piece of a message in the worst case, and what goes around it. */
const LEAST_PAYLOAD = 3 * MOST_CHARACTERS + 10_000;
/** A line on which two of these are not answered is down, milliseconds. */
const PING_MS = 1_000;

/**
 * Joins the bus.
 *
 * @throws ClusterError BUS_UNREACHABLE when nobody is there, or this one is not let in; OPTION_INVALID for a file that
 *   cannot be read.
 */
export async function joinBus(address: BusAddress, name: string): Promise<Bus> {
  const place = address.servers.join(', ');
  const subjects = subjectsOf(address.cluster);
  const options = { ...optionsOf(address), name, inboxPrefix: subjects.inbox };
  const connection = await connect(options).catch((error: unknown) => {
    throw unreachable(place, whyOf(error), error);
  });
  const { max_payload: most = LEAST_PAYLOAD } = connection.info ?? {};
  if (most >= LEAST_PAYLOAD) return new NatsBus(connection, subjects, place);
  // It would refuse in the middle of a run what is too large for it.
  await connection.close();
  const wanted = `wanted is a "max_payload" of ${LEAST_PAYLOAD} or more`;
  throw unreachable(place, `it takes messages of ${most} bytes at most, ${wanted}`);
}

function optionsOf(address: BusAddress): NodeConnectionOptions {
  const { servers, user, password, token, credentialsFile, tls } = address;
  const options: ConnectionOptions = {
    servers,
    timeout: CONNECT_WITHIN_MS,
    maxReconnectAttempts: -1,
    reconnectTimeWait: RECONNECT_MS,
    reconnectJitter: RECONNECT_MS / 2,
    reconnectJitterTLS: RECONNECT_MS / 2,
    pingInterval: PING_MS,
  };
  if (user !== undefined) Object.assign(options, { user, pass: password ?? '' });
  if (token !== undefined) options.token = token;
  if (credentialsFile !== undefined) options.authenticator = credsAuthenticator(readGiven(credentialsFile));
  for (const file of Object.values(tls ?? {})) readGiven(file);
  return { ...options, ...(tls === undefined ? {} : { tls }) };
}

function readGiven(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new ClusterError(`Cannot join NATS with "${file}": wanted is a file that can be read (${code})`, {
      code: 'OPTION_INVALID',
      cause: error,
    });
  }
}

function unreachable(place: string, why: string, cause?: unknown): ClusterError {
  return new ClusterError(`Cannot join NATS at "${place}": ${why}`, { code: 'BUS_UNREACHABLE', cause });
}

function whyOf(error: unknown): string {
  const { name, message, cause } = asError(error);
  if (name === 'AuthorizationError' || name === 'UserAuthenticationExpiredError') {
    return 'it does not take these credentials, wanted are ones that it knows';
  }
  const [deepest] = (cause instanceof Error ? cause.message : message).split('\n');
  return `${deepest ?? name}, wanted is a NATS server that takes connections`;
}

class NatsBus implements Bus {
  readonly subjects: Subjects;
  readonly place: string;
  isConnected = true;
  complaint = '';
  readonly ended: Promise<string>;
  readonly #connection: NatsConnection;
  readonly #listeners = new Set<(isConnected: boolean) => void>();

  constructor(connection: NatsConnection, subjects: Subjects, place: string) {
    this.#connection = connection;
    this.subjects = subjects;
    this.place = place;
    void this.#watch();
    this.ended = connection.closed().then((error) => {
      this.#change(false);
      return error instanceof Error ? whyOf(error) : 'it was closed';
    });
  }

  publish(subject: string, value: object): void {
    if (this.#connection.isClosed() || this.#connection.isDraining()) return;
    this.#connection.publish(subject, JSON.stringify(value));
  }

  subscribe(subject: string, listener: (value: unknown, answer: Answer) => void): () => void {
    const subscription = this.#connection.subscribe(subject, {
      callback: (error, message) => {
        if (error !== null) {
          this.complaint = error.message;
          return;
        }
        const value = readJson(message);
        if (value === undefined) return;
        listener(value, (answer) => this.#answer(message, answer));
      },
    });
    return () => {
      if (!this.#connection.isClosed()) subscription.unsubscribe();
    };
  }

  async request(subject: string, value: object, withinMs: number): Promise<unknown> {
    const answer = await this.#connection.request(subject, JSON.stringify(value), { timeout: withinMs });
    return readJson(answer);
  }

  async requestAll(subject: string, value: object, withinMs: number): Promise<unknown[]> {
    const answers: unknown[] = [];
    const reply = createInbox(this.subjects.inbox);
    const end = this.subscribe(reply, (answer) => answers.push(answer));
    this.#connection.publish(subject, JSON.stringify(value), { reply });
    await pause(withinMs);
    end();
    return answers;
  }

  async flush(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const text = `no answer within ${FLUSH_WITHIN_MS / MILLISECONDS} s`;
      timer = setTimeout(() => reject(new Error(text)), FLUSH_WITHIN_MS).unref();
    });
    try {
      await Promise.race([this.#connection.flush(), late]);
    } catch (error) {
      throw new ClusterError(`Lost NATS at "${this.place}": ${asError(error).message}`, {
        code: 'BUS_UNREACHABLE',
        cause: error,
      });
    } finally {
      clearTimeout(timer);
    }
  }

  onChange(listener: (isConnected: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    // Its last words leave with it, unless nobody takes them.
    const timeIsUp = new Promise((resolve) => setTimeout(resolve, LAST_WORDS_MS).unref());
    if (this.isConnected) await Promise.race([this.flush().catch(() => undefined), timeIsUp]);
    await this.#connection.close();
  }

  #answer(question: Msg, answer: object): void {
    if (!this.#connection.isClosed()) question.respond(JSON.stringify(answer));
  }

  async #watch(): Promise<void> {
    for await (const status of this.#connection.status()) {
      if (status.type === 'disconnect') this.#change(false);
      if (status.type === 'reconnect') this.#change(true);
      if (status.type === 'error') this.complaint = status.error.message;
    }
  }

  #change(isConnected: boolean): void {
    if (this.isConnected === isConnected) return;
    this.isConnected = isConnected;
    for (const listener of this.#listeners) listener(isConnected);
  }
}

/** Undefined for what is no JSON. */
function readJson(message: Msg): unknown {
  try {
    return message.json();
  } catch {
    return undefined;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
