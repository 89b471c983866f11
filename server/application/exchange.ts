/** Channels as an application with a contract sees them. Nothing but types. */
import type { ChannelData, ChannelName, Contract, Payload, Untyped } from '../protocol/index.ts';
import type { Exchange as AnyExchange } from '../worker/index.ts';

/** Takes the data of each publication of a channel. */
export type Watcher<Data = unknown> = (data: Data) => void;

/** One channel. */
export interface Channel<Data = unknown> {
  readonly name: string;
  /** Calls the watcher for each publication from now on. */
  watch(watcher: Watcher<Data>): void;
  /** Takes one watcher away, or all. */
  unwatch(watcher?: Watcher<Data>): void;
  /** Publishes as the exchange does. */
  publish(...data: Payload<Data>): Promise<void>;
  /** Drops all watchers. */
  unsubscribe(): void;
}

type Retyped = 'publish' | 'subscribe' | 'transmitPublish';
type Internal = 'attach' | 'deliver' | 'has' | 'join' | 'leave' | 'review';

/** The channels of the whole cluster. */
export interface Exchange<C extends Contract = Untyped> extends Omit<AnyExchange, Retyped | Internal> {
  /**
   * Publishes to every subscriber of the channel in the cluster. Resolves after this worker's own
   * subscribers have been served. Who does not wait is not told of a failure, and no worker ends of it.
   *
   * @throws TypeError when the data cannot be JSON; the promise rejects with ClusterError BROKER_UNREACHABLE.
   */
  publish<Name extends ChannelName<C>>(channel: Name, ...data: Payload<ChannelData<C, Name>>): Promise<void>;

  /** Like `publish`, but nobody waits. */
  transmitPublish<Name extends ChannelName<C>>(channel: Name, ...data: Payload<ChannelData<C, Name>>): void;

  /** The channel for the application's own listening. */
  subscribe<Name extends ChannelName<C>>(name: Name): Channel<ChannelData<C, Name>>;
}
