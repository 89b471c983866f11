/** Test only: NATS servers of Debian's package, each on a free port of loopback, and lines without one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type AddressInfo, createConnection, createServer } from 'node:net';
import { vi } from 'vitest';
import type { LineOptions } from './line.ts';

/** Debian puts it where only root looks. */
const DEBIAN = '/usr/sbin/nats-server';

const FACT = { timeout: 20_000, interval: 20 };

/** A NATS server. */
export class TestNats {
  readonly port: number;
  readonly #words: readonly string[];
  #child: ChildProcess | undefined;

  constructor(port: number, words: readonly string[]) {
    this.port = port;
    this.#words = words;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  async start(): Promise<this> {
    const command = existsSync(DEBIAN) ? DEBIAN : 'nats-server';
    const words = ['--addr', '127.0.0.1', '--port', String(this.port), ...this.#words];
    this.#child = spawn(command, words, { stdio: 'ignore' });
    await once(this.#child, 'spawn');
    await vi.waitFor(() => answers(this.port), FACT);
    return this;
  }

  /** Ends it without giving it time for anything. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}

/** Starts a server; `words` are added to its command line. */
export async function startNats(...words: string[]): Promise<TestNats> {
  return new TestNats(await freePort(), words).start();
}

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A bus within this process, which can be cut and loses then what is said. */
export class TestBus {
  isConnected = true;
  /** Decides what is lost. */
  loses: (word: unknown) => boolean = () => false;
  readonly #listeners = new Map<string, Set<(value: unknown) => void>>();
  readonly #watchers = new Set<(isConnected: boolean) => void>();

  /** What a line needs of a bus. */
  get bus(): LineOptions['bus'] {
    return {
      isConnected: this.isConnected,
      flush: () => Promise.resolve(),
      publish: (subject, value) => this.#publish(subject, value),
      subscribe: (subject, listener) => {
        const hear = (value: unknown): void => listener(value, () => {});
        const known = this.#listeners.get(subject) ?? new Set();
        this.#listeners.set(subject, known.add(hear));
        return () => void known.delete(hear);
      },
      onChange: (listener) => {
        this.#watchers.add(listener);
        return () => void this.#watchers.delete(listener);
      },
    };
  }

  connect(isConnected: boolean): void {
    this.isConnected = isConnected;
    for (const watcher of this.#watchers) watcher(isConnected);
  }

  #publish(subject: string, value: object): void {
    if (!this.isConnected || this.loses(value)) return;
    const text = JSON.stringify(value);
    setImmediate(() => {
      for (const hear of this.#listeners.get(subject) ?? []) hear(JSON.parse(text));
    });
  }
}

async function answers(port: number): Promise<void> {
  const socket = createConnection(port, '127.0.0.1');
  try {
    await Promise.race([
      once(socket, 'data'),
      once(socket, 'close').then(() => {
        throw new Error(`Cannot reach the NATS server on port ${port}: it hung up`);
      }),
    ]);
  } finally {
    socket.destroy();
  }
}
