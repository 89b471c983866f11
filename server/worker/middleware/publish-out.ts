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

/** Tells who is in a channel. */
interface Channels {
  has(recipient: Recipient, channel: string): boolean;
}

export class PublishOut {
  readonly #lines: Lines;
  readonly #orders = new WeakMap<Recipient, Order>();
  readonly #codec: Codec;
  readonly #channels: Channels;

  constructor(lines: Lines, codec: Codec, channels: Channels) {
    this.#lines = lines;
    this.#codec = codec;
    this.#channels = channels;
  }

  /** Sends one copy when middleware lets it, unless its recipient has left the channel meanwhile. */
  send(recipient: Recipient, outgoing: Outgoing): void {
    const order = this.#orders.get(recipient) ?? new Order();
    this.#orders.set(recipient, order);
    order.enter((proceed) => this.#ask(recipient, outgoing, proceed));
  }

  /** Resolves when all copies of a recipient that are under way now are sent, or dropped. */
  async caughtUp(recipient: Recipient): Promise<void> {
    const order = this.#orders.get(recipient);
    if (order?.isBusy !== true) {
      return;
    }
    await new Promise<void>((resolve) => {
      order.enter((proceed) => {
        resolve();
        proceed();
      });
    });
  }

  #ask(recipient: Recipient, outgoing: Outgoing, proceed: () => void): void {
    const { socket, channel, data } = outgoing;
    const request = { socket, channel, data, useCache: true };
    this.#lines.ask('publishOut', request, (block) => {
      if (block === undefined && this.#channels.has(recipient, channel)) {
        this.#sendCopy(recipient, outgoing, request);
      }
      proceed();
    });
  }

  #sendCopy(
    recipient: Recipient,
    { channel, data, frame }: Outgoing,
    wanted: { data: unknown; useCache: boolean },
  ): void {
    if (wanted.data === data && wanted.useCache) {
      recipient.sendFrame(frame);
      return;
    }
    let own: Buffer;
    try {
      own = this.#codec.publication(channel, wanted.data);
    } catch (cause) {
      const message = `Cannot send a copy of a publication to "${channel}": middleware gave data that cannot be sent`;
      this.#lines.warn(new Error(message, { cause }));
      return;
    }
    recipient.sendFrame(own);
  }
}
