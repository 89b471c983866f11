/** What is asked of the server about channels. Nothing else knows that names have a prefix on the wire. */
import { events } from '../../protocol/index.ts';
import { asError } from '../connection/index.ts';
import type { SubscribeOptions, Told } from '../contract.ts';
import { callSafely } from '../events/index.ts';
import type { Subscription } from './subscription.ts';

/** What requests need of their client. */
export interface RequestsOwner {
  readonly isOpen: boolean;
  readonly isAuthenticated: boolean;
  /** `timeout` in ms. */
  call(
    event: string,
    data: unknown,
    answered: (error: unknown, data?: unknown) => void,
    timeout?: number,
  ): void;
  transmit(event: string, data: unknown): void;
  raise(event: 'subscribeRequest', channel: string, options: SubscribeOptions): void;
}

export class Requests {
  readonly #owner: RequestsOwner;
  readonly #prefix: string;

  /** @param prefix What every channel's name begins with on the wire, and only there. */
  constructor(owner: RequestsOwner, prefix: string) {
    this.#owner = owner;
    this.#prefix = prefix;
  }

  /** The name of a channel that has another one on the wire. */
  innerName(wireName: string): string {
    return wireName.startsWith(this.#prefix) ? wireName.slice(this.#prefix.length) : wireName;
  }

  /** Asks for a channel, if now is the time; a request that has been overtaken settles nothing. */
  subscribe(subscription: Subscription, settled: (error: unknown) => void): void {
    const { name, options } = subscription;
    const isHeld = options.waitForAuth === true && !this.#owner.isAuthenticated;
    if (!this.#owner.isOpen || isHeld || subscription.request !== undefined) {
      return;
    }
    const request = Symbol(name);
    subscription.request = request;
    const { priority: _, ...sent } = options;
    this.#owner.raise('subscribeRequest', name, options);
    this.#owner.call(
      events.subscribe,
      { channel: this.#prefix + name, ...sent },
      (error) => {
        if (subscription.request === request) {
          settled(error);
        }
      },
      Number.POSITIVE_INFINITY, // As in every published client: a slow check of the server is no failure.
    );
  }

  /** Tells the server that this side listens no more, if it has been told that it does. */
  unsubscribe(subscription: Subscription, told?: Told): void {
    const isKnown = subscription.state === 'subscribed' || subscription.request !== undefined;
    const wireName = this.#prefix + subscription.name;
    subscription.request = undefined;
    if (!isKnown || !this.#owner.isOpen) {
      tellSoon(told);
    } else if (!told) {
      this.#owner.transmit(events.unsubscribe, wireName);
    } else {
      this.#owner.call(events.unsubscribe, wireName, (error) => callSafely(told, error));
    }
  }

  publish(name: string, data: unknown): Promise<unknown> {
    const publication = { channel: this.#prefix + name, data };
    const published = new Promise((resolve, reject) => {
      this.#owner.call(events.publish, publication, (error, result) =>
        error === null ? resolve(result) : reject(asError(error)),
      );
    });
    // Most who publish do not wait: what they do not ask for must not end their process.
    published.catch(() => undefined);
    return published;
  }

  transmitPublish(name: string, data: unknown): void {
    this.#owner.transmit(events.publish, { channel: this.#prefix + name, data });
  }
}

/** Tells of success that is there already, as late as any other. */
export function tellSoon(told: Told | undefined): void {
  if (told) {
    queueMicrotask(() => callSafely(told, null));
  }
}
