/** What a client can do with channels by their names. */
import type { ChannelData, ChannelName, Contract, Payload } from '../../protocol/index.ts';
import type { SubscribeOptions } from '../contract.ts';
import { Channel } from './channel.ts';
import type { Channels } from './channels.ts';
import type { Watcher } from './subscription.ts';

export class Subscriber<C extends Contract> {
  readonly #channels: Channels;

  constructor(channels: Channels) {
    this.#channels = channels;
  }

  /** The channel of that name, subscribed to or not. */
  channel<Name extends ChannelName<C>>(name: Name): Channel<ChannelData<C, Name>> {
    return new Channel(name, this.#channels);
  }

  /** Subscribes; the channel's state tells when the server has answered. Reconnects do not end a subscription. */
  subscribe<Name extends ChannelName<C>>(
    name: Name,
    options?: SubscribeOptions,
  ): Channel<ChannelData<C, Name>> {
    return this.channel(name).subscribe(options);
  }

  unsubscribe(name: ChannelName<C>): void {
    this.#channels.unsubscribe(name);
  }

  /** Ends the subscription and forgets watchers and listeners of the channel. */
  destroyChannel(name: ChannelName<C>): void {
    this.#channels.destroy(name);
  }

  /** Calls the watcher for each publication of a channel, if and while that is subscribed to. */
  watch<Name extends ChannelName<C>>(name: Name, watcher: Watcher<ChannelData<C, Name>>): void {
    this.channel(name).watch(watcher);
  }

  /** Removes one watcher of a channel, or all. */
  unwatch<Name extends ChannelName<C>>(name: Name, watcher?: Watcher<ChannelData<C, Name>>): void {
    this.channel(name).unwatch(watcher);
  }

  /** Publishes. Resolves when the server has taken it; rejects with its error, TimeoutError or BadConnectionError. */
  publish<Name extends ChannelName<C>>(name: Name, ...data: Payload<ChannelData<C, Name>>): Promise<unknown> {
    return this.channel(name).publish(...data);
  }

  /** Publishes; nobody waits. */
  transmitPublish<Name extends ChannelName<C>>(name: Name, ...data: Payload<ChannelData<C, Name>>): void {
    this.channel(name).transmitPublish(...data);
  }

  /** Names of the channels subscribed to; with `includePending` also of those that wait. */
  subscriptions(includePending = false): string[] {
    return this.#channels.subscriptions(includePending);
  }

  isSubscribed(name: ChannelName<C>, includePending = false): boolean {
    return this.#channels.isSubscribed(name, includePending);
  }

  /** Subscribes to what waits; needed only without `autoSubscribeOnConnect`. */
  processPendingSubscriptions(): void {
    this.#channels.resubscribe();
  }
}
