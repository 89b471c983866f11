/**
 * A line to NATS that comes back: what is to be heard is asked for again on each new connection, and what cannot be
 * handed over is refused at once, so that nothing waits in memory for a connection to come.
 */
import { backoff } from '../../../process/index.ts';
import type { Connection, Dial, Take } from './connection.ts';

/** What a line needs to know, and whom it tells. */
export interface LineOptions {
  dial: Dial;
  onUp(): void;
  onDown(reason: Error): void;
  /** An attempt to come back has failed. */
  onFailure(failures: number, reason: Error): void;
  /** NATS does not permit something. */
  onRefusal(problem: Error): void;
}

/** Bytes that NATS may not have confirmed yet, 16 MiB: what is published beyond that is refused. */
const MAX_UNCONFIRMED_BYTES = 16_777_216;

/** Bytes handed over after which NATS is asked whether it has them, 256 KiB. */
const PROBE_EVERY_BYTES = 262_144;

/** Pause between two probes when nothing else asks, and the silence after which the connection is given up. */
const PROBE_EVERY_MS = 1_000;
const SILENCE_MS = 4_000;

/** Longest pause between two attempts; all hosts want back at once when NATS does, so pauses vary by half. */
const MAX_PAUSE_MS = 2_000;

export class Line {
  readonly #options: LineOptions;
  readonly #takes = new Map<string, Take>();
  /** How to end the subscriptions of the present connection. */
  readonly #subscriptions = new Map<string, () => void>();
  /** Who waits for a confirmation. */
  readonly #waiting = new Set<() => void>();
  readonly #prober: NodeJS.Timeout;
  #connection: Connection | undefined;
  #confirmation: Promise<void> | undefined;
  #probe: { since: number; upTo: number } | undefined;
  #handedBytes = 0;
  #confirmedBytes = 0;
  #failures = 0;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#prober = setInterval(() => this.#look(), PROBE_EVERY_MS).unref();
  }

  get isUp(): boolean {
    return this.#connection !== undefined;
  }

  /** Most bytes of one message; 0 while the line is down. */
  get maxPayload(): number {
    return this.#connection?.maxPayload ?? 0;
  }

  /** Makes the first connection. Rejects with what `dial` throws; nothing is tried again then, unless `retry` is called. */
  async open(): Promise<void> {
    this.#rise(await this.#options.dial((problem) => this.#options.onRefusal(problem)));
  }

  /** Tries again after a pause, until it is up. */
  retry(reason: Error): void {
    if (this.#isClosed) {
      return;
    }
    this.#failures += 1;
    if (this.#failures > 1) {
      this.#options.onFailure(this.#failures - 1, reason);
    }
    const pause = Math.min(backoff(this.#failures), MAX_PAUSE_MS) * (0.5 + Math.random() / 2);
    this.#retry = setTimeout(() => {
      this.open().catch((error: Error) => this.retry(error));
    }, pause);
  }

  /** Hands a message over. False when the line is down or NATS does not keep up: the message is lost then. */
  publish(subject: string, bytes: Uint8Array): boolean {
    const connection = this.#connection;
    const unconfirmed = this.#handedBytes - this.#confirmedBytes;
    if (connection === undefined || unconfirmed + bytes.length > MAX_UNCONFIRMED_BYTES) {
      return false;
    }
    try {
      connection.publish(subject, bytes);
    } catch {
      return false; // it has ended this moment, and will say so
    }
    this.#handedBytes += bytes.length;
    if (this.#handedBytes - (this.#probe?.upTo ?? this.#confirmedBytes) > PROBE_EVERY_BYTES) {
      this.#ask();
    }
    return true;
  }

  /** Has messages of a subject come, now and after every return. */
  subscribe(subject: string, take: Take): void {
    this.#takes.set(subject, take);
    this.#hear(subject, take);
  }

  unsubscribe(subject: string): void {
    this.#takes.delete(subject);
    this.#subscriptions.get(subject)?.();
    this.#subscriptions.delete(subject);
  }

  /** Resolves when NATS has taken all that was asked for in this turn, or the line is down. */
  confirmed(): Promise<void> {
    this.#confirmation ??= new Promise((resolve) => {
      setImmediate(() => {
        this.#confirmation = undefined;
        this.#waitFor(resolve);
      });
    });
    return this.#confirmation;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#prober);
    clearTimeout(this.#retry);
    const connection = this.#connection;
    this.#forget();
    await connection?.close();
  }

  #rise(connection: Connection): void {
    if (this.#isClosed) {
      void connection.close();
      return;
    }
    this.#connection = connection;
    this.#failures = 0;
    void connection.ended.then((reason) => this.#fall(connection, reason));
    for (const [subject, take] of this.#takes) {
      this.#hear(subject, take);
    }
    this.#options.onUp();
  }

  #fall(connection: Connection, reason: Error): void {
    if (this.#connection !== connection) {
      return;
    }
    this.#forget();
    connection.close().catch(ignore);
    this.#options.onDown(reason);
    this.retry(reason);
  }

  #forget(): void {
    this.#connection = undefined;
    this.#subscriptions.clear();
    this.#probe = undefined;
    this.#handedBytes = 0;
    this.#confirmedBytes = 0;
    for (const resolve of this.#waiting) {
      resolve();
    }
    this.#waiting.clear();
  }

  #hear(subject: string, take: Take): void {
    const connection = this.#connection;
    if (connection === undefined) {
      return;
    }
    try {
      this.#subscriptions.get(subject)?.();
      this.#subscriptions.set(subject, connection.subscribe(subject, take));
    } catch {
      // It has ended this moment; the next connection asks again.
    }
  }

  #waitFor(resolve: () => void): void {
    if (this.#connection === undefined) {
      resolve();
      return;
    }
    this.#waiting.add(resolve);
    const settle = (): void => {
      this.#waiting.delete(resolve);
      resolve();
    };
    this.#connection.confirm().then(settle, settle);
  }

  /** Asks NATS whether it has all that was handed over so far. */
  #ask(): void {
    const connection = this.#connection;
    if (connection === undefined || this.#probe !== undefined) {
      return;
    }
    const probe = { since: performance.now(), upTo: this.#handedBytes };
    this.#probe = probe;
    connection.confirm().then(() => {
      if (this.#probe === probe) {
        this.#probe = undefined;
        this.#confirmedBytes = probe.upTo;
      }
    }, ignore);
  }

  /** A cut link says nothing by itself. */
  #look(): void {
    const connection = this.#connection;
    if (
      connection !== undefined &&
      this.#probe !== undefined &&
      performance.now() - this.#probe.since > SILENCE_MS
    ) {
      this.#fall(connection, new Error(`NATS at ${connection.server} has not answered for ${SILENCE_MS} ms`));
    }
    this.#ask();
  }
}

/** The end of a connection is told by `ended`. */
function ignore(): void {}
