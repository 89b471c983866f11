/** A channel as the application sees it. It holds nothing itself, so any number of them may stand for one name. */
import type { Payload, PayloadAnd } from '../../protocol/index.ts';
import { checkCallback, checkData, checkFunction, checkText } from '../checks/index.ts';
import { type Answered, inform } from '../connection/index.ts';
import type { ChannelEvents, ChannelState, SubscribeOptions, Told } from '../contract.ts';
import { STREAM_CAPACITY, type Stream } from '../events/index.ts';
import type { Channels } from './channels.ts';
import type { Watcher } from './subscription.ts';

type ChannelListener<Name extends keyof ChannelEvents> = (...details: ChannelEvents[Name]) => void;

/** One channel, read by watchers or by `for await (const data of channel)`. */
export class Channel<Data = unknown> implements AsyncIterable<Data> {
  readonly name: string;
  readonly #channels: Channels;

  /** Made by the client only. @throws TypeError without a name. */
  constructor(name: string, channels: Channels) {
    checkText('use channel', name);
    this.name = name;
    this.#channels = channels;
  }

  get state(): ChannelState {
    return this.#channels.peek(this.name)?.state ?? 'unsubscribed';
  }

  /** Options of the subscription. */
  get options(): Readonly<SubscribeOptions> {
    return this.#channels.peek(this.name)?.options ?? {};
  }

  /** Subscribes. Options, when given, replace the earlier ones; `told` hears what the server says to it. */
  subscribe(options?: SubscribeOptions, told?: Told): this {
    checkCallback(`subscribe to "${this.name}"`, told);
    this.#channels.subscribe(this.name, options, told);
    return this;
  }

  /** Ends the subscription, and with it every loop that reads the channel. */
  unsubscribe(told?: Told): void {
    checkCallback(`unsubscribe from "${this.name}"`, told);
    this.#channels.unsubscribe(this.name, told);
  }

  /** Tells whether the server has answered; with `includePending` also whether it has been or will be asked. */
  isSubscribed(includePending = false): boolean {
    return this.#channels.isSubscribed(this.name, includePending);
  }

  /** Publishes. Resolves when the server has taken it; rejects with its error, TimeoutError or BadConnectionError. */
  publish(...[data, answered]: PayloadAnd<Data, Answered>): Promise<unknown> {
    checkData(`publish to "${this.name}"`, data);
    checkCallback(`publish to "${this.name}"`, answered);
    return inform(this.#channels.requests.publish(this.name, data), answered);
  }

  /** Does what `publish` does, under its name of SocketCluster 15 and later. */
  invokePublish(...[data]: Payload<Data>): Promise<unknown> {
    return this.publish(data as Data);
  }

  /** Publishes; nobody waits. */
  transmitPublish(...[data]: Payload<Data>): void {
    checkData(`publish to "${this.name}"`, data);
    this.#channels.requests.transmitPublish(this.name, data);
  }

  /** Calls the watcher for each publication from now on. */
  watch(watcher: Watcher<Data>): this {
    checkFunction(`watch "${this.name}"`, watcher);
    this.#channels.record(this.name).watchers.add(watcher as Watcher);
    return this;
  }

  /** Removes one watcher, or all. */
  unwatch(watcher?: Watcher<Data>): this {
    const watchers = this.#channels.peek(this.name)?.watchers;
    if (watcher === undefined) {
      watchers?.clear();
    } else {
      watchers?.delete(watcher as Watcher);
    }
    this.#channels.forgetIdle(this.name);
    return this;
  }

  /** The watchers of this moment. */
  watchers(): Watcher<Data>[] {
    return [...(this.#channels.peek(this.name)?.watchers ?? [])];
  }

  on<Name extends keyof ChannelEvents>(event: Name, listener: ChannelListener<Name>): this {
    this.#channels.record(this.name).listeners.add(event, listener);
    return this;
  }

  /** Like `on`, for the next time only. */
  once<Name extends keyof ChannelEvents>(event: Name, listener: ChannelListener<Name>): this {
    this.#channels.record(this.name).listeners.add(event, listener, true);
    return this;
  }

  /** Removes one listener, all of an event, or all. */
  off<Name extends keyof ChannelEvents>(event?: Name, listener?: ChannelListener<Name>): this {
    this.#channels.peek(this.name)?.listeners.remove(event, listener);
    this.#channels.forgetIdle(this.name);
    return this;
  }

  /**
   * Reads each publication from now on; reconnects do not end it, unsubscribing and kickOut do. Of those that
   * wait for a slow reader the oldest beyond `capacity` (default: 1,000) are lost and counted in `lost`.
   */
  stream({ capacity = STREAM_CAPACITY }: { capacity?: number } = {}): Stream<Data> {
    return this.#channels.openStream(this.name, capacity) as Stream<Data>;
  }

  [Symbol.asyncIterator](): Stream<Data> {
    return this.stream();
  }

  /** Ends every loop that reads the channel; what waits is still read. The subscription stays. */
  close(): void {
    this.#channels.peek(this.name)?.endStreams();
  }

  /** Ends the subscription and forgets watchers and listeners. */
  destroy(): void {
    this.#channels.destroy(this.name);
  }
}
