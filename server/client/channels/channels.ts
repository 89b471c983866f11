/** All channels of one client: which of them the server shall be asked for, and when. */

import { WireError } from '../../protocol/index.ts';
import type { ChannelEvents, ChannelState, LocalEvents, SubscribeOptions, Told } from '../contract.ts';
import { Stream } from '../events/index.ts';
import { Requests, type RequestsOwner, tellSoon } from './requests.ts';
import { checkSubscribeOptions } from './subscribe-options.ts';
import { Subscription } from './subscription.ts';

/** What the channels need of their client. */
export interface ChannelsOwner extends RequestsOwner {
  /** Sends everything that `work` sends in one message. */
  inBatch(work: () => void): void;
  raise<Name extends keyof LocalEvents>(event: Name, ...details: LocalEvents[Name]): void;
  /** A publication of a channel that is subscribed to. */
  published(channel: string, data: unknown): void;
}

export class Channels {
  readonly #owner: ChannelsOwner;
  readonly requests: Requests;
  readonly #subscriptions = new Map<string, Subscription>();
  #isEnded = false;

  /** @param prefix What every channel's name begins with on the wire, and only there. */
  constructor(owner: ChannelsOwner, prefix = '') {
    this.#owner = owner;
    this.requests = new Requests(owner, prefix);
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

  /** A stream of the channel; one of a client that was destroyed has ended. */
  openStream(name: string, capacity: number): Stream<unknown> {
    const { streams } = this.record(name);
    const stream = new Stream<unknown>(capacity, () => {
      streams.delete(stream);
      this.forgetIdle(name);
    });
    streams.add(stream);
    if (this.#isEnded) {
      stream.end();
    }
    return stream;
  }

  /**
   * Subscribes, and tells once what the server says to it.
   *
   * @throws WireError InvalidActionError after `end`; ClusterError OPTION_INVALID.
   */
  subscribe(name: string, options?: SubscribeOptions, told?: Told): void {
    if (this.#isEnded) {
      throw new WireError(`Cannot subscribe to "${name}": the client was destroyed, wanted is a new one`, {
        name: 'InvalidActionError',
      });
    }
    checkSubscribeOptions(options);
    const subscription = this.record(name);
    subscription.options = options ?? subscription.options;
    if (subscription.state === 'subscribed') {
      tellSoon(told);
    } else if (told) {
      subscription.tellLater(told);
    }
    if (subscription.state === 'unsubscribed') {
      this.#change(subscription, 'pending');
      this.#request(subscription);
    }
  }

  /** Ends a subscription, and tells when the server has taken note. */
  unsubscribe(name: string, told?: Told): void {
    const subscription = this.#subscriptions.get(name);
    if (subscription === undefined) {
      tellSoon(told);
      return;
    }
    this.requests.unsubscribe(subscription, told);
    this.#change(subscription, 'unsubscribed');
  }

  destroy(name: string): void {
    this.unsubscribe(name);
    this.#subscriptions.get(name)?.endStreams();
    this.#subscriptions.delete(name);
  }

  /** Forgets every channel for good, and ends all that waits for one. */
  end(): void {
    this.#isEnded = true;
    for (const name of [...this.#subscriptions.keys()]) {
      this.destroy(name);
    }
  }

  isSubscribed(name: string, includePending: boolean): boolean {
    const state = this.peek(name)?.state ?? 'unsubscribed';
    return state === 'subscribed' || (includePending && state === 'pending');
  }

  subscriptions(includePending: boolean): string[] {
    return [...this.#subscriptions.keys()].filter((name) => this.isSubscribed(name, includePending));
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
        this.requests.unsubscribe(subscription);
        this.#change(subscription, 'pending');
      }
    }
  }

  /** Hands over the data of a `#publish`. */
  deliver(wireName: string, data: unknown): void {
    const subscription = this.#subscriptions.get(this.requests.innerName(wireName));
    if (subscription !== undefined && subscription.state !== 'unsubscribed') {
      subscription.deliver(data);
      this.#owner.published(subscription.name, data);
    }
  }

  /** The server has ended a subscription. */
  kickOut(wireName: string, message: unknown): void {
    const name = this.requests.innerName(wireName);
    const subscription = this.#subscriptions.get(name);
    if (subscription === undefined || subscription.state === 'unsubscribed') {
      return;
    }
    subscription.request = undefined;
    this.#change(subscription, 'unsubscribed', () => this.#raise(subscription, 'kickOut', message, name));
  }

  #request(subscription: Subscription): void {
    this.requests.subscribe(subscription, (error) => this.#settle(subscription, error));
  }

  #settle(subscription: Subscription, error: unknown): void {
    const { name, options } = subscription;
    subscription.request = undefined;
    if (error === null) {
      this.#change(subscription, 'subscribed');
      this.#raise(subscription, 'subscribe', name, options);
      subscription.tell(null);
    } else {
      this.#change(subscription, 'unsubscribed', () => {
        this.#raise(subscription, 'subscribeFail', error, name, options);
        subscription.tell(error);
      });
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
      subscription.tell(
        new WireError(`Cannot subscribe to "${name}": it was unsubscribed before the server had answered`, {
          name: 'InvalidActionError',
        }),
      );
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
}
