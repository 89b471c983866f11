import { ClusterError } from '../errors/index.ts';
import type { Broker, Deliver } from './broker.ts';
import { Link, type LinkState } from './link/index.ts';
import { brokerOf } from './ring.ts';
import {
  RemoteStore,
  type RevocationMemory,
  RevocationTable,
  type Store,
  type TakeNotice,
} from './store/index.ts';

/** How a worker comes to its brokers. */
export interface ConnectOptions {
  /** The brokers' sockets. The place in this list is a broker's number, so all workers need the same list. */
  paths: readonly string[];
  /** What the brokers were started with. */
  secret: string;
  /** Number of this worker. */
  workerId: number;
  /** Must not throw. */
  deliver: Deliver;
  /** Takes what the store tells. Default: nobody listens. */
  takeNotice?: TakeNotice;
  /** Remembers what is revoked. Default: a table that nobody reads. */
  revocations?: RevocationMemory;
  /** Milliseconds a call waits for its broker. Default: 10,000. */
  ackTimeoutMs?: number;
  /** Called when the link to a broker comes up or goes down, also for the first time. */
  onState?(broker: number, state: LinkState, error?: ClusterError): void;
  /** Called when a link falls and at each attempt to bring it up that fails, with how many these are in a row. */
  onFailure?(broker: number, failures: number, error: ClusterError): void;
}

/** A broker over links to broker processes. */
export interface RemoteBroker extends Broker {
  /** The store that the same brokers keep, over the same links. */
  readonly store: Store;
  /**
   * Resolves when every broker has told this worker what is revoked, except those that are away: they know
   * nothing then, and other workers remind them when they are back.
   */
  readonly caughtUp: Promise<void>;
  /** Transmitted publications that are known to be lost; those on a link when it broke are not known. */
  readonly lost: number;
}

const ACK_TIMEOUT_MS = 10_000;

/**
 * Links this worker to all brokers and returns at once; what is asked before a link is up waits for it.
 * Each channel lives in one broker. While a broker is away, up to 1 MiB of publications to its channels
 * wait for it, at most as long as a call waits, and the channels of the others go on.
 *
 * @throws ClusterError OPTION_INVALID when there is no path.
 */
export function connectBrokers(options: ConnectOptions): RemoteBroker {
  if (options.paths.length === 0) {
    throw new ClusterError('Cannot connect to brokers as "paths" is empty: wanted one path or more', {
      code: 'OPTION_INVALID',
    });
  }
  return new LinkedBroker(options);
}

class LinkedBroker implements RemoteBroker {
  readonly store: RemoteStore;
  readonly caughtUp: Promise<void>;
  readonly #links: readonly Link[];

  constructor({
    paths,
    secret,
    workerId,
    deliver,
    ackTimeoutMs = ACK_TIMEOUT_MS,
    ...events
  }: ConnectOptions) {
    const silent = new Set(paths.keys());
    let catchUp = (): void => {};
    this.caughtUp = new Promise((resolve) => {
      catchUp = resolve;
    });
    const heard = (broker: number): void => {
      silent.delete(broker);
      if (silent.size === 0) {
        catchUp();
      }
    };
    this.#links = paths.map(
      (path, broker) =>
        new Link({
          path,
          secret,
          workerId,
          deliver,
          ackTimeoutMs,
          onNotice: (topic, message) => this.store.take(topic, message),
          onState: (state, error) => {
            if (state === 'up') {
              void this.store.rise(broker).then(() => heard(broker));
            } else {
              heard(broker);
            }
            events.onState?.(broker, state, error);
          },
          onFailure: (failures, error) => events.onFailure?.(broker, failures, error),
        }),
    );
    this.store = new RemoteStore(
      this.#links,
      events.takeNotice ?? ignore,
      events.revocations ?? new RevocationTable(),
    );
  }

  get lost(): number {
    return this.#links.reduce((sum, link) => sum + link.lost, 0);
  }

  subscribe(channel: string): Promise<void> {
    return this.#linkOf(channel).subscribe(channel);
  }

  async unsubscribe(channel: string): Promise<void> {
    this.#linkOf(channel).unsubscribe(channel);
  }

  publish(channel: string, payload: Uint8Array): Promise<void> {
    return this.#linkOf(channel).publish(channel, payload);
  }

  transmit(channel: string, payload: Uint8Array): void {
    this.#linkOf(channel).transmit(channel, payload);
  }

  async close(): Promise<void> {
    await Promise.all(this.#links.map((link) => link.close()));
  }

  #linkOf(channel: string): Link {
    const broker = brokerOf(channel, this.#links.length);
    const link = this.#links[broker];
    if (link === undefined) {
      throw new RangeError(`Cannot find broker ${broker}: there are ${this.#links.length}`);
    }
    return link;
  }
}

/** Nobody uses the store. */
function ignore(): void {}
