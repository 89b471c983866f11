import { ClusterError } from '../errors/index.ts';
import type { Broker, Deliver } from './broker.ts';
import { ChannelTable } from './channel-table.ts';

/** What memory brokers share that share channels. */
export class MemoryHub {
  readonly #table = new ChannelTable<Deliver>();
  readonly #waiting: { channel: string; payload: Uint8Array }[] = [];
  #isDelivering = false;

  subscribe(channel: string, deliver: Deliver): void {
    this.#table.subscribe(channel, deliver);
  }

  unsubscribe(channel: string, deliver: Deliver): void {
    this.#table.unsubscribe(channel, deliver);
  }

  drop(deliver: Deliver): void {
    this.#table.drop(deliver);
  }

  /**
   * Delivers before it returns. A publication made while another is being delivered waits for its end, or
   * subscribers would see the two in different orders.
   */
  publish(channel: string, payload: Uint8Array): void {
    if (this.#isDelivering) {
      this.#waiting.push({ channel, payload: Uint8Array.from(payload) });
      return;
    }
    this.#isDelivering = true;
    try {
      this.#deliver(channel, payload);
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
        this.#deliver(next.channel, next.payload);
      }
    } finally {
      this.#isDelivering = false;
    }
  }

  #deliver(channel: string, payload: Uint8Array): void {
    for (const deliver of this.#table.subscribersOf(channel) ?? []) {
      deliver(channel, payload);
    }
  }
}

/**
 * Makes a broker without processes or links. Those made with the same hub share their channels; by default
 * each has its own. Publications are delivered before `publish` and `transmit` return.
 */
export function createMemoryBroker(deliver: Deliver, hub: MemoryHub = new MemoryHub()): Broker {
  return new MemoryBroker(deliver, hub);
}

class MemoryBroker implements Broker {
  readonly #hub: MemoryHub;
  /** Made anew for each broker, so that two that were given the same function are two subscribers. */
  readonly #deliver: Deliver;
  #isClosed = false;

  constructor(deliver: Deliver, hub: MemoryHub) {
    this.#hub = hub;
    this.#deliver = (channel, payload) => deliver(channel, payload);
  }

  async subscribe(channel: string): Promise<void> {
    this.#refuseWhenClosed(`subscribe to "${channel}"`);
    this.#hub.subscribe(channel, this.#deliver);
  }

  async unsubscribe(channel: string): Promise<void> {
    this.#hub.unsubscribe(channel, this.#deliver);
  }

  async publish(channel: string, payload: Uint8Array): Promise<void> {
    this.#refuseWhenClosed(`publish to "${channel}"`);
    this.#hub.publish(channel, payload);
  }

  transmit(channel: string, payload: Uint8Array): void {
    if (!this.#isClosed) {
      this.#hub.publish(channel, payload);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#hub.drop(this.#deliver);
  }

  #refuseWhenClosed(what: string): void {
    if (this.#isClosed) {
      throw new ClusterError(`Cannot ${what}: the broker is closed`, { code: 'BROKER_UNREACHABLE' });
    }
  }
}
