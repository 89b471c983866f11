import type { Path, Store } from '../../broker/index.ts';
import { type Callback, DataMethods, settle } from './data-methods.ts';

/** Takes the data of each publication. */
type Watcher = (data: unknown) => void;

/** What is needed of the exchange. */
interface Publisher {
  publish(channel: string, data?: unknown): Promise<void>;
  watch(channel: string, watcher: Watcher): void;
  unwatch(channel: string, watcher?: Watcher): void;
}

/** What the whole cluster shares: channels by the name of an event, and data that lives in the brokers. */
export class Global extends DataMethods {
  readonly #exchange: Publisher;
  readonly #store: () => Store;

  constructor(exchange: Publisher, store: () => Store) {
    super();
    this.#exchange = exchange;
    this.#store = store;
  }

  /** Publishes to everyone in the cluster who is subscribed to the event. */
  publish(event: string, data?: unknown, callback?: Callback<void>): Promise<void> {
    return settle(this.#exchange.publish(event, data), callback);
  }

  /** Calls the handler with the data of each publication of the event, from now on. */
  on(event: string, handler: Watcher): this {
    this.#exchange.watch(event, handler);
    return this;
  }

  /** Takes a handler away that `on` added. */
  removeListener(event: string, handler: Watcher): this {
    this.#exchange.unwatch(event, handler);
    return this;
  }

  protected override place(): { store: Store; root: Path } {
    return { store: this.#store(), root: ['global'] };
  }
}
