/** Channels as an application with a contract sees them. Nothing but types. */
import type { ChannelData, ChannelName, Contract, Payload, PayloadAnd, Untyped } from '../protocol/index.ts';
import type {
  Channel as AnyChannel,
  Exchange as AnyExchange,
  Callback,
  ChannelEvent,
} from '../worker/index.ts';

/** Takes the data of each publication of a channel. */
export type Watcher<Data = unknown> = (data: Data) => void;

/** One channel. Several parts of a program may each have theirs of the same name. */
export interface Channel<Data = unknown>
  extends Omit<AnyChannel, 'on' | 'once' | 'off' | 'publish' | 'unwatch' | 'watch' | 'watchers'> {
  /** Calls the watcher for each publication from now on; this subscribes, too. */
  watch(watcher: Watcher<Data>): void;
  /** Takes one watcher away, or all. A subscription stays. */
  unwatch(watcher?: Watcher<Data>): void;
  /** Its watchers. */
  watchers(): Watcher<Data>[];
  /** Publishes as the exchange does. */
  publish(...details: PayloadAnd<Data, Callback<void>>): Promise<void>;
  /** Listens to what becomes of the subscription. */
  on<Name extends ChannelEvent>(event: Name, listener: ChannelListener<Name>): this;
  once<Name extends ChannelEvent>(event: Name, listener: ChannelListener<Name>): this;
  off<Name extends ChannelEvent>(event: Name, listener: ChannelListener<Name>): this;
}

/** Details of each event of a channel. */
interface ChannelDetails {
  message: [channel: string, data: unknown];
  subscribe: [channel: string];
  subscribeFail: [error: unknown, channel: string];
  unsubscribe: [channel: string];
}

type ChannelListener<Name extends ChannelEvent> = (...details: ChannelDetails[Name]) => unknown;

type Retyped =
  | 'channel'
  | 'destroyChannel'
  | 'invokePublish'
  | 'isSubscribed'
  | 'off'
  | 'on'
  | 'once'
  | 'publish'
  | 'removeListener'
  | 'subscribe'
  | 'transmitPublish'
  | 'unsubscribe'
  | 'unwatch'
  | 'watch'
  | 'watchers';
type Internal = 'attach' | 'deliver' | 'has' | 'join' | 'leave' | 'review';

/** The channels of the whole cluster, and the data methods of `global`. */
export interface Exchange<C extends Contract = Untyped> extends Omit<AnyExchange, Retyped | Internal> {
  /**
   * Publishes to every subscriber of the channel in the cluster. Resolves after this worker's own
   * subscribers have been served. Who does not wait is not told of a failure, and no worker ends of it.
   *
   * @throws TypeError when the data cannot be JSON; the promise rejects with ClusterError BROKER_UNREACHABLE.
   */
  publish<Name extends ChannelName<C>>(
    channel: Name,
    ...details: PayloadAnd<ChannelData<C, Name>, Callback<void>>
  ): Promise<void>;
  /** The same as `publish`. */
  invokePublish<Name extends ChannelName<C>>(
    channel: Name,
    ...data: Payload<ChannelData<C, Name>>
  ): Promise<void>;
  /** Like `publish`, but nobody waits. */
  transmitPublish<Name extends ChannelName<C>>(channel: Name, ...data: Payload<ChannelData<C, Name>>): void;

  /** Subscribes the application, whoever watches, and gives the channel. */
  subscribe<Name extends ChannelName<C>>(name: Name): Channel<ChannelData<C, Name>>;
  /** The channel, without a subscription. */
  channel<Name extends ChannelName<C>>(name: Name): Channel<ChannelData<C, Name>>;
  /** Ends what the application hears of a channel, everywhere in this process. */
  unsubscribe(name: ChannelName<C>): void;
  /** The same; forgets the watchers too that were added by the channel's name. */
  destroyChannel(name: ChannelName<C>): void;
  isSubscribed(name: ChannelName<C>, includePending?: boolean): boolean;
  /** Calls the watcher for each publication of a channel from now on; this subscribes, too. */
  watch<Name extends ChannelName<C>>(name: Name, watcher: Watcher<ChannelData<C, Name>>): void;
  /** Takes one watcher of a channel away, or all, everywhere in this process. */
  unwatch<Name extends ChannelName<C>>(name: Name, watcher?: Watcher<ChannelData<C, Name>>): void;
  /** The watchers of a channel that publications reach. */
  watchers<Name extends ChannelName<C>>(name: Name): Watcher<ChannelData<C, Name>>[];

  /** Listens to what becomes of the application's own subscriptions. */
  on<Name extends ChannelEvent>(event: Name, listener: ChannelListener<Name>): this;
  once<Name extends ChannelEvent>(event: Name, listener: ChannelListener<Name>): this;
  off<Name extends ChannelEvent>(event: Name, listener: ChannelListener<Name>): this;
  /** The same as `off`. */
  removeListener<Name extends ChannelEvent>(event: Name, listener: ChannelListener<Name>): this;
}
