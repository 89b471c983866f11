/** What a client can do with channels by their names. */
import type { ChannelData, ChannelName, Contract, Payload, PayloadAnd } from '../../protocol/index.ts';
import { checkCallback } from '../checks/index.ts';
import type { Answered } from '../connection/index.ts';
import type { SubscribeOptions, Told } from '../contract.ts';
import { Channel } from './channel.ts';
import type { Channels } from './channels.ts';
import { tellSoon } from './requests.ts';
import type { Watcher } from './subscription.ts';

/** Options, a callback, or one after the other. */
type SubscribeDetails = [options?: SubscribeOptions, told?: Told] | [told: Told];

export class Subscriber<C extends Contract> {
  readonly #channels: Channels;

  constructor(channels: Channels) {
    this.#channels = channels;
  }

  /** The channel of that name, subscribed to or not. */
  channel<Name extends ChannelName<C>>(name: Name): Channel<ChannelData<C, Name>> {
    return new Channel(name, this.#channels);
  }

  /**
   * Subscribes to a channel or to several; the callback is told once, of the first refusal or, with null, that the
   * server has taken all. Reconnects do not end a subscription.
   *
   * @throws ClusterError OPTION_INVALID naming every option that is wrong, its value and what is wanted.
   */
  subscribe<Name extends ChannelName<C>>(
    name: Name,
    ...details: SubscribeDetails
  ): Channel<ChannelData<C, Name>>;
  subscribe<Name extends ChannelName<C>>(
    names: readonly Name[],
    ...details: SubscribeDetails
  ): Channel<ChannelData<C, Name>>[];
  subscribe(
    names: ChannelName<C> | readonly ChannelName<C>[],
    ...[first, second]: SubscribeDetails
  ): unknown {
    const [options, told] = typeof first === 'function' ? [undefined, first] : [first, second];
    checkCallback('subscribe', told);
    const channels = this.#named(names);
    const toldOfOne = tellOnce(channels.length, told);
    for (const channel of channels) {
      channel.subscribe(options, toldOfOne);
    }
    return Array.isArray(names) ? channels : channels[0];
  }

  /** Ends one subscription or several; the callback is told once, when the server has taken note of all. */
  unsubscribe(names: ChannelName<C> | readonly ChannelName<C>[], told?: Told): void {
    checkCallback('unsubscribe', told);
    const channels = this.#named(names);
    const toldOfOne = tellOnce(channels.length, told);
    for (const channel of channels) {
      channel.unsubscribe(toldOfOne);
    }
  }

  /** Ends every loop that reads the channel; what waits is still read. The subscription stays. */
  closeChannel(name: ChannelName<C>): void {
    this.channel(name).close();
  }

  /** Ends the subscription and forgets watchers and listeners of the channel. */
  destroyChannel(name: ChannelName<C>): void {
    this.channel(name).destroy();
  }

  /** Calls the watcher for each publication of a channel, if and while that is subscribed to. */
  watch<Name extends ChannelName<C>>(name: Name, watcher: Watcher<ChannelData<C, Name>>): void {
    this.channel(name).watch(watcher);
  }

  /** Removes one watcher of a channel, or all. */
  unwatch<Name extends ChannelName<C>>(name: Name, watcher?: Watcher<ChannelData<C, Name>>): void {
    this.channel(name).unwatch(watcher);
  }

  /** The watchers of a channel at this moment. */
  watchers<Name extends ChannelName<C>>(name: Name): Watcher<ChannelData<C, Name>>[] {
    return this.channel(name).watchers();
  }

  /** Publishes. Resolves when the server has taken it; rejects with its error, TimeoutError or BadConnectionError. */
  publish<Name extends ChannelName<C>>(
    name: Name,
    ...details: PayloadAnd<ChannelData<C, Name>, Answered>
  ): Promise<unknown> {
    return this.channel(name).publish(...details);
  }

  /** Does what `publish` does, under its name of SocketCluster 15 and later. */
  invokePublish<Name extends ChannelName<C>>(
    name: Name,
    ...data: Payload<ChannelData<C, Name>>
  ): Promise<unknown> {
    return this.channel(name).invokePublish(...data);
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
    return this.channel(name).isSubscribed(includePending);
  }

  /** Subscribes to what waits; needed only without `autoSubscribeOnConnect`. */
  processPendingSubscriptions(): void {
    this.#channels.resubscribe();
  }

  #named(names: ChannelName<C> | readonly ChannelName<C>[]): Channel[] {
    return [names].flat().map((name) => new Channel(name, this.#channels));
  }
}

/** One that is told of each of `count` things and tells of all, once: of the first error, or of none. */
function tellOnce(count: number, told: Told | undefined): Told | undefined {
  if (!told || count === 0) {
    tellSoon(told);
    return undefined;
  }
  let left = count;
  let firstError: unknown = null;
  return (error) => {
    left -= 1;
    firstError ??= error;
    if (left === 0) {
      told(firstError);
    }
  };
}
