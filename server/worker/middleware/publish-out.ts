/**
 * Publications on their way out, where the application wants to see each copy. They are parsed once, asked
 * about once per socket, and only a copy that was changed is encoded anew. Each socket's copies keep their
 * order, also when middleware takes time.
 */
import type { Codec } from '../codec/index.ts';
import { Order } from '../inbox/index.ts';
import type { Lines } from './lines.ts';

/** A socket, or what stands before it, as it is seen here. */
export interface Recipient {
  sendFrame(frame: Buffer): void;
}

/** One publication. */
export interface Outgoing {
  /** What middleware is told of the recipient. */
  socket: unknown;
  channel: string;
  data: unknown;
  /** The frame that all get whose copy is not changed. */
  frame: Buffer;
}

export class PublishOut {
  readonly #lines: Lines;
  readonly #orders = new WeakMap<Recipient, Order>();

  readonly #codec: Codec;

  constructor(lines: Lines, codec: Codec) {
    this.#lines = lines;
    this.#codec = codec;
  }

  /** Sends one copy when middleware lets it. */
  send(recipient: Recipient, outgoing: Outgoing): void {
    const order = this.#orders.get(recipient) ?? new Order();
    this.#orders.set(recipient, order);
    order.enter((proceed) => this.#ask(recipient, outgoing, proceed));
  }

  #ask(recipient: Recipient, { socket, channel, data, frame }: Outgoing, proceed: () => void): void {
    const request = { socket, channel, data, useCache: true };
    this.#lines.ask('publishOut', request, (block) => {
      if (block === undefined) {
        if (request.data === data && request.useCache) {
          recipient.sendFrame(frame);
        } else {
          recipient.sendFrame(this.#codec.publication(channel, request.data));
        }
      }
      proceed();
    });
  }
}
