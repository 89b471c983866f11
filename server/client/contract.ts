/**
 * What a client tells its own listeners, as types, besides what the application's contract names. Nothing but
 * types.
 */
import type {
  ChannelData,
  ChannelName,
  Contract,
  EventName,
  Handler,
  HandshakeStatus,
  ProcedureName,
} from '../protocol/index.ts';

export type ListenerName<C extends Contract> =
  | keyof LocalEvents
  | EventName<C>
  | ProcedureName<C>
  | ChannelName<C>;

export type ListenerOf<C extends Contract, Name extends string> = Name extends keyof LocalEvents
  ? (...details: LocalEvents[Name]) => void
  : Name extends EventName<C> | ProcedureName<C>
    ? Handler<C, Name>
    : (data: ChannelData<C, Name>) => void;

/** Told of what became of something. `error` is null on success. */
export type Told = (error: unknown) => void;

/** How a channel is subscribed to. */
export interface SubscribeOptions {
  /** Subscribes only while authenticated. Default: false. */
  waitForAuth?: boolean;
  /** For the server's own check of the subscription. */
  data?: unknown;
  /** The highest is subscribed to first after a reconnect. Default: 0. */
  priority?: number;
  /** Subscribes in one message with the other channels that allow it. Default: false. */
  batch?: boolean;
}

export type ChannelState = 'unsubscribed' | 'pending' | 'subscribed';
export type AuthState = 'authenticated' | 'unauthenticated';

export interface SubscriptionChange {
  channel: string;
  oldState: ChannelState;
  newState: ChannelState;
  subscriptionOptions: SubscribeOptions;
}

export interface AuthChange {
  oldState: AuthState;
  newState: AuthState;
  signedAuthToken: string | null;
  /** Payload of the token, unchecked. */
  authToken: unknown;
}

/** Outcome of `authenticate`. */
export interface AuthStatus {
  isAuthenticated: boolean;
  authError: unknown;
}

/** What a client raises of its own: details by name. */
export interface LocalEvents {
  /** A connection is being made. */
  connecting: [];
  /** The handshake is done. The second detail subscribes to what waits; needed only without `autoSubscribeOnConnect`. */
  connect: [status: HandshakeStatus, processSubscriptions: () => void];
  /** The connection ended before the handshake was done. */
  connectAbort: [code: number, data: unknown];
  /** An open connection ended. */
  disconnect: [code: number, data: unknown];
  /** Follows each of the two above. */
  close: [code: number, data: unknown];
  /** Something went wrong that no call can be told of. Without a listener the first is logged. */
  error: [error: unknown];
  /** A message that is no packet. */
  raw: [message: unknown];
  /** Every message, pings too. */
  message: [message: unknown];
  /** The server has ended a subscription; the client does not ask for it again. */
  kickOut: [message: unknown, channel: string];
  /** The server is asked for a channel. */
  subscribeRequest: [channel: string, options: SubscribeOptions];
  /** The server has taken a subscription, after each connect anew. */
  subscribe: [channel: string, options: SubscribeOptions];
  /** The server has refused a subscription; the client does not ask for it again. */
  subscribeFail: [error: unknown, channel: string, options: SubscribeOptions];
  /** A subscription has ended, be it only until the next connection. */
  unsubscribe: [channel: string];
  /** Goes ahead of each of those above. */
  subscribeStateChange: [change: SubscriptionChange];
  /** The client has become authenticated, or ceased to be. */
  authStateChange: [change: AuthChange];
  /** A token counts from now on: in a handshake, from `authenticate`, or set by the server. */
  authenticate: [signedAuthToken: string];
  /** The token counts no more. */
  deauthenticate: [oldSignedAuthToken: string | null];
  /** The token is gone for good, from the store too. */
  removeAuthToken: [oldAuthToken: unknown];
}

/** What a channel raises: details by name. */
export interface ChannelEvents
  extends Pick<
    LocalEvents,
    'kickOut' | 'subscribe' | 'subscribeFail' | 'unsubscribe' | 'subscribeStateChange'
  > {
  /** The subscription was lost with the connection; the client asks for it again by itself. */
  dropOut: [channel: string];
}
