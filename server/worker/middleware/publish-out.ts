/**
 * Publications on their way out, where the application wants to see each copy. They are parsed once, asked
 * about once per socket, and only a copy that was changed is encoded anew. Each socket's copies keep their
 * order, also when middleware takes time.
 */
import { encodePublication } from '../../protocol/index.ts';
import { Order } from '../inbox/index.ts';
import type { Lines } from './lines.ts';

/** A socket as it is seen here. */
export interface Recipient {
  sendFrame(frame: Buffer): void;
  sendText(text: string): void;
}

/** One publication. */
export interface Outgoing {
  channel: string;
  data: unknown;
  /** The frame that all get whose copy is not changed. */
  frame: Buffer;
}

export class PublishOut {
  readonly #lines: Lines;
  readonly #orders = new WeakMap<Recipient, Order>();

  constructor(lines: Lines) {
    this.#lines = lines;
  }

  /** Sends one copy when middleware lets it. */
  send(socket: Recipient, outgoing: Outgoing): void {
    const order = this.#orders.get(socket) ?? new Order();
    this.#orders.set(socket, order);
    order.enter((proceed) => this.#ask(socket, outgoing, proceed));
  }

  #ask(socket: Recipient, { channel, data, frame }: Outgoing, proceed: () => void): void {
    const request = { socket, channel, data, useCache: true };
    this.#lines.ask('publishOut', request, (block) => {
      if (block === undefined) {
        if (request.data === data && request.useCache) {
          socket.sendFrame(frame);
        } else {
          socket.sendText(encodePublication(channel, request.data));
        }
      }
      proceed();
    });
  }
}
