/** All channels of one client: which of them the server shall be asked for, and when. */

import { events } from '../../protocol/index.ts';
import { asError } from '../connection/index.ts';
import type { ChannelEvents, ChannelState, LocalEvents, SubscribeOptions } from '../contract.ts';
import { Stream } from './stream.ts';
import { Subscription } from './subscription.ts';

/** What the channels need of their client. */
export interface ChannelsOwner {
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
  /** Sends everything that `work` sends in one message. */
  inBatch(work: () => void): void;
  raise<Name extends keyof LocalEvents>(event: Name, ...details: LocalEvents[Name]): void;
}

export class Channels {
  readonly #owner: ChannelsOwner;
  readonly #prefix: string;
  readonly #subscriptions = new Map<string, Subscription>();

  /** @param prefix What every channel's name begins with on the wire, and only there. */
  constructor(owner: ChannelsOwner, prefix = '') {
    this.#owner = owner;
    this.#prefix = prefix;
  }

  // For channels

  /** What is known of a channel, if anything. */
  peek(name: string): Subscription | undefined {
    return this.#subscriptions.get(name);
  }

  /** What is known of a channel, from now on at least. */
  record(name: string): Subscription {
    const known = this.#subscriptions.get(name) ?? new Subscription(name);
    this.#subscriptions.set(name, known);
    return known;
  }

  /** Forgets a channel that nobody would miss: a client may use very many in its life. */
  forgetIdle(name: string): void {
    if (this.#subscriptions.get(name)?.isIdle === true) {
      this.#subscriptions.delete(name);
    }
  }

  openStream(name: string, capacity: number): Stream<unknown> {
    const { streams } = this.record(name);
    const stream = new Stream<unknown>(capacity, () => {
      streams.delete(stream);
      this.forgetIdle(name);
    });
    streams.add(stream);
    return stream;
  }

  subscribe(name: string, options?: SubscribeOptions): void {
    const subscription = this.record(name);
    subscription.options = options ?? subscription.options;
    if (subscription.state === 'unsubscribed') {
      this.#change(subscription, 'pending');
      this.#request(subscription);
    }
  }

  unsubscribe(name: string): void {
    const subscription = this.#subscriptions.get(name);
    if (subscription !== undefined) {
      this.#withdraw(subscription);
      this.#change(subscription, 'unsubscribed');
    }
  }

  destroy(name: string): void {
    this.unsubscribe(name);
    this.#subscriptions.get(name)?.endStreams();
    this.#subscriptions.delete(name);
  }

  isSubscribed(name: string, includePending: boolean): boolean {
    const state = this.peek(name)?.state ?? 'unsubscribed';
    return state === 'subscribed' || (includePending && state === 'pending');
  }

  subscriptions(includePending: boolean): string[] {
    return [...this.#subscriptions.keys()].filter((name) => this.isSubscribed(name, includePending));
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

  // What the connection brings about

  /** Asks for every channel that waits, those of the highest priority first. */
  resubscribe(isWanted: (options: SubscribeOptions) => boolean = () => true): void {
    const waiting = [...this.#subscriptions.values()]
      .filter(({ state, options }) => state === 'pending' && isWanted(options))
      .toSorted((a, b) => (b.options.priority ?? 0) - (a.options.priority ?? 0));
    const request = (batch: boolean): void => {
      for (const subscription of waiting.filter(({ options }) => (options.batch ?? false) === batch)) {
        this.#request(subscription);
      }
    };
    request(false);
    this.#owner.inBatch(() => request(true));
  }

  /** The connection has ended: every subscription waits for the next. */
  suspend(): void {
    for (const subscription of [...this.#subscriptions.values()]) {
      subscription.request = undefined;
      if (subscription.state === 'subscribed') {
        this.#change(subscription, 'pending');
        subscription.listeners.call('dropOut', subscription.name);
      }
    }
  }

  /** The token is gone: channels that want one wait for the next. */
  holdBack(): void {
    for (const subscription of [...this.#subscriptions.values()]) {
      if (subscription.options.waitForAuth === true && subscription.state !== 'unsubscribed') {
        this.#withdraw(subscription);
        this.#change(subscription, 'pending');
      }
    }
  }

  /** Hands over the data of a `#publish`. */
  deliver(wireName: string, data: unknown): void {
    const subscription = this.#subscriptions.get(this.#inner(wireName));
    if (subscription !== undefined && subscription.state !== 'unsubscribed') {
      subscription.deliver(data);
    }
  }

  /** The server has ended a subscription. */
  kickOut(wireName: string, message: unknown): void {
    const name = this.#inner(wireName);
    const subscription = this.#subscriptions.get(name);
    if (subscription === undefined || subscription.state === 'unsubscribed') {
      return;
    }
    subscription.request = undefined;
    this.#change(subscription, 'unsubscribed', () => this.#raise(subscription, 'kickOut', message, name));
  }

  #request(subscription: Subscription): void {
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
          this.#settle(subscription, error);
        }
      },
      Number.POSITIVE_INFINITY, // As in every published client: a slow check of the server is no failure.
    );
  }

  #settle(subscription: Subscription, error: unknown): void {
    const { name, options } = subscription;
    subscription.request = undefined;
    if (error === null) {
      this.#change(subscription, 'subscribed');
      this.#raise(subscription, 'subscribe', name, options);
    } else {
      this.#change(subscription, 'unsubscribed', () =>
        this.#raise(subscription, 'subscribeFail', error, name, options),
      );
    }
  }

  /** Tells the server that this side listens no more, if it has been told that it does. */
  #withdraw(subscription: Subscription): void {
    const isKnown = subscription.state === 'subscribed' || subscription.request !== undefined;
    subscription.request = undefined;
    if (isKnown && this.#owner.isOpen) {
      this.#owner.transmit(events.unsubscribe, this.#prefix + subscription.name);
    }
  }

  /** Changes the state before anyone hears of it: a listener may want to subscribe again at once. */
  #change(subscription: Subscription, newState: ChannelState, raiseReason = (): void => undefined): void {
    const { name, state: oldState, options } = subscription;
    if (oldState === newState) {
      return;
    }
    subscription.state = newState;
    const change = { channel: name, oldState, newState, subscriptionOptions: options };
    this.#raise(subscription, 'subscribeStateChange', change);
    raiseReason();
    if (oldState === 'subscribed') {
      this.#raise(subscription, 'unsubscribe', name);
    }
    if (newState === 'unsubscribed') {
      subscription.endStreams();
      this.forgetIdle(name);
    }
  }

  #raise<Name extends keyof ChannelEvents & keyof LocalEvents>(
    subscription: Subscription,
    event: Name,
    ...details: LocalEvents[Name]
  ): void {
    subscription.listeners.call(event, ...details);
    this.#owner.raise(event, ...details);
  }

  #inner(wireName: string): string {
    return wireName.startsWith(this.#prefix) ? wireName.slice(this.#prefix.length) : wireName;
  }
}
