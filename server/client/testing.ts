/** What tests of the client share; never shipped. */
import type { Clock, SocketConstructor, SocketLike } from './connection/index.ts';

/** A clock that stands still until it is told otherwise. */
export class ManualClock implements Clock {
  /** What `random` gives. */
  chance = 0.5;
  #now = 0;
  #timers: { at: number; callback: () => void }[] = [];

  /** Pauses of the timers that run, ms, the next first. */
  get pauses(): number[] {
    return this.#timers.map(({ at }) => at - this.#now).toSorted((a, b) => a - b);
  }

  now(): number {
    return this.#now;
  }

  random(): number {
    return this.chance;
  }

  schedule(callback: () => void, pause: number): () => void {
    const timer = { at: this.#now + pause, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Lets time pass and calls back whatever becomes due, in order. */
  advance(pause: number): void {
    const end = this.#now + pause;
    for (;;) {
      const [next] = this.#timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
      if (next === undefined) {
        break;
      }
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#now = next.at;
      next.callback();
    }
    this.#now = end;
  }
}

/** A WebSocket whose server is the test. */
export class FakeSocket implements SocketLike {
  binaryType = '';
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  readonly url: string;
  readonly sent: unknown[] = [];
  closedWith: { code: number | undefined; reason: string | undefined } | undefined;

  constructor(url: string) {
    this.url = url;
  }

  /** What was sent as JSON, read back. */
  get packets(): unknown[] {
    return this.sent
      .filter((text) => /^[{[]/.test(String(text)))
      .map((text): unknown => JSON.parse(String(text)));
  }

  send(message: unknown): void {
    this.sent.push(message);
  }

  close(code?: number, reason?: string): void {
    this.closedWith ??= { code, reason };
  }

  /** Opens, and waits until the client has offered its token. */
  async open(): Promise<void> {
    this.onopen?.({} as never);
    await turn();
  }

  /** Sends a packet, or text and bytes as they are, to the client. */
  receive(message: unknown): void {
    const data =
      typeof message === 'string' || message instanceof Uint8Array ? message : JSON.stringify(message);
    this.onmessage?.({ data } as never);
  }

  /** Opens and answers the handshake. */
  async welcome(status: object = {}): Promise<void> {
    await this.open();
    this.receive({
      rid: 1,
      data: { id: 'socket-1', pingTimeout: 20_000, isAuthenticated: false, ...status },
    });
    await turn();
  }

  /** Ends the connection from the server's side. */
  end(code: number, reason = ''): void {
    this.onclose?.({ code, reason } as never);
  }
}

/** A constructor of fake sockets, and those it has made. */
export function fakeSockets(): {
  webSocket: SocketConstructor;
  made: FakeSocket[];
  latest: () => FakeSocket;
} {
  const made: FakeSocket[] = [];
  class CountedSocket extends FakeSocket {
    constructor(url: string) {
      super(url);
      made.push(this);
    }
  }
  return { webSocket: CountedSocket, made, latest: () => made.at(-1) as FakeSocket };
}

/** One turn of the event loop: every promise that can settle has settled. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
