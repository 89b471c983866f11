/** What cluster tests share: a client over the network; never shipped. */
import { WebSocket } from 'ws';

/** What a bare client subscribes to, and who hears what comes. */
export interface BareClientOptions {
  /** Subscribed to anew at each connection. Default: none. */
  channels?: readonly string[];
  /** Takes the data of each publication. */
  heard?(channel: string, data: unknown): void;
  /** Called when the handshake is done and every subscription answered, at each connection. */
  ready?(): void;
}

/** A rest before the next try, milliseconds: a port that is closed for a moment refuses at once. */
const RETRY_MS = 50;

/** A client over the network without an SDK: it answers pings, and comes back whenever it is cut off. */
export class BareClient {
  /** Number of the worker that holds the present connection. */
  worker = -1;
  /** Connections that were ready and ended unasked. */
  losses = 0;
  isReady = false;
  /** Code of the latest close. */
  closedWith: number | undefined;
  socket: WebSocket;
  readonly #url: string;
  readonly #options: BareClientOptions;
  readonly #calls = new Map<number, { resolve(data: unknown): void; reject(error: Error): void }>();
  #cid = 0;
  #isEnded = false;

  /** Connects at once, to the port on this host. */
  constructor(port: number, options: BareClientOptions = {}) {
    this.#url = `ws://127.0.0.1:${port}/socketcluster/`;
    this.#options = options;
    this.socket = this.#connect();
  }

  /** Resolves with the answer. Rejects with the error of the answer, or when the connection ends before. */
  call(event: string, data?: unknown): Promise<unknown> {
    this.#cid += 1;
    const cid = this.#cid;
    return new Promise((resolve, reject) => {
      this.#calls.set(cid, { resolve, reject });
      this.socket.send(JSON.stringify({ event, data, cid }), (error) => {
        if (error) {
          reject(error);
        }
      });
    });
  }

  /** Leaves for good. */
  end(): void {
    this.#isEnded = true;
    this.socket.terminate();
  }

  #connect(): WebSocket {
    const socket = new WebSocket(this.#url);
    socket.on('error', () => undefined); // `close` follows
    socket.on('upgrade', ({ headers }) => {
      this.worker = Number(headers['sc-worker']);
    });
    socket.on('open', () => {
      this.#enter().catch(() => socket.terminate());
    });
    socket.on('message', (data) => this.#take((data as Buffer).toString()));
    socket.on('close', (code) => this.#fall(code));
    return socket;
  }

  async #enter(): Promise<void> {
    const { channels = [], ready } = this.#options;
    await this.call('#handshake', { authToken: null });
    await Promise.all(channels.map((channel) => this.call('#subscribe', { channel })));
    this.isReady = true;
    ready?.();
  }

  #take(text: string): void {
    if (text === '' || text === '#1') {
      this.socket.send(text === '' ? '' : '#2');
      return;
    }
    const packet = JSON.parse(text);
    if (packet.event === '#publish') {
      this.#options.heard?.(packet.data.channel, packet.data.data);
      return;
    }
    const call = this.#calls.get(packet.rid);
    this.#calls.delete(packet.rid);
    if (packet.error) {
      call?.reject(new Error(packet.error.message));
    } else {
      call?.resolve(packet.data);
    }
  }

  #fall(code: number): void {
    this.closedWith = code;
    this.losses += Number(this.isReady);
    this.isReady = false;
    for (const { reject } of this.#calls.values()) {
      reject(new Error(`The connection ended with ${code}`));
    }
    this.#calls.clear();
    if (!this.#isEnded) {
      setTimeout(() => {
        this.socket = this.#isEnded ? this.socket : this.#connect();
      }, RETRY_MS);
    }
  }
}
