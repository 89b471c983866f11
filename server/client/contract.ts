/**
 * What client and server may say to each other, as types: the names and payloads of an application's own events,
 * procedures and channels, and of what the client itself tells its listeners. Nothing but types.
 */
import type { HandshakeStatus } from '../protocol/index.ts';

/**
 * Names and payloads an application agrees on. A part that is left out holds no names at all.
 *
 * - `events`: payload by name, for events nobody answers, in either direction
 * - `procedures`: function by name, `(data) => result`, for calls in either direction
 * - `channels`: payload by name; a name may be a template such as `` `room/${string}` ``
 */
export interface Contract {
  events?: object;
  procedures?: object;
  channels?: object;
}

/** The contract of a client without one: every name is allowed and every payload unknown. */
export interface Untyped {
  events: Record<string, unknown>;
  procedures: Record<string, (data?: unknown) => unknown>;
  channels: Record<string, unknown>;
}

type PartOf<C extends Contract, Part extends keyof Contract> =
  C extends Record<Part, infer Found extends object> ? Found : Record<never, never>;

export type EventName<C extends Contract> = string & keyof PartOf<C, 'events'>;
export type ProcedureName<C extends Contract> = string & keyof PartOf<C, 'procedures'>;
export type ChannelName<C extends Contract> = string & keyof PartOf<C, 'channels'>;

export type EventData<C extends Contract, Name extends string> =
  Name extends EventName<C> ? PartOf<C, 'events'>[Name] : never;

export type ChannelData<C extends Contract, Name extends string> =
  Name extends ChannelName<C> ? PartOf<C, 'channels'>[Name] : never;

export type ProcedureData<C extends Contract, Name extends string> =
  Name extends ProcedureName<C>
    ? PartOf<C, 'procedures'>[Name] extends (...data: infer Data) => unknown
      ? Data[0]
      : never
    : never;

export type ProcedureResult<C extends Contract, Name extends string> =
  Name extends ProcedureName<C>
    ? PartOf<C, 'procedures'>[Name] extends (...data: never[]) => infer Result
      ? Awaited<Result>
      : never
    : never;

/** Data may be left out where undefined is a value of it. */
export type Payload<Data> = undefined extends Data ? [data?: Data] : [data: Data];

/** Data and one thing more that may be left out. */
export type PayloadAnd<Data, More> = undefined extends Data
  ? [data?: Data, more?: More]
  : [data: Data, more?: More];

/** Told of the answer to a call. `error` is null on success. */
export type AnsweredBy<C extends Contract, Name extends string> = (
  error: unknown,
  data?: ProcedureResult<C, Name>,
) => void;

/** What `emit` takes after the name: the callback only for procedures. */
export type EmitDetails<C extends Contract, Name extends string> =
  Name extends ProcedureName<C>
    ? PayloadAnd<ProcedureData<C, Name>, AnsweredBy<C, Name>>
    : Payload<EventData<C, Name>>;

/** Answers a call, once. `error` null or undefined means success. Does nothing for an event that is no call. */
export type Respond<Result = unknown> = (error?: unknown, data?: Result) => void;

export type ListenerName<C extends Contract> = keyof LocalEvents | EventName<C> | ProcedureName<C>;

export type ListenerOf<C extends Contract, Name extends string> = Name extends keyof LocalEvents
  ? (...details: LocalEvents[Name]) => void
  : Name extends ProcedureName<C>
    ? (data: ProcedureData<C, Name>, respond: Respond<ProcedureResult<C, Name>>) => void
    : (data: EventData<C, Name>) => void;

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
  connecting: [];
  /** The second detail subscribes to what waits; needed only without `autoSubscribeOnConnect`. */
  connect: [status: HandshakeStatus, processSubscriptions: () => void];
  /** The connection ended before the handshake was done. */
  connectAbort: [code: number, data: unknown];
  /** An open connection ended. */
  disconnect: [code: number, data: unknown];
  /** Follows each of the two above. */
  close: [code: number, data: unknown];
  error: [error: unknown];
  /** A message that is no packet. */
  raw: [message: unknown];
  /** Every message, pings too. */
  message: [message: unknown];
  kickOut: [message: unknown, channel: string];
  subscribeRequest: [channel: string, options: SubscribeOptions];
  subscribe: [channel: string, options: SubscribeOptions];
  subscribeFail: [error: unknown, channel: string, options: SubscribeOptions];
  /** A subscription has ended, be it only until the next connection. */
  unsubscribe: [channel: string];
  subscribeStateChange: [change: SubscriptionChange];
  authStateChange: [change: AuthChange];
  authenticate: [signedAuthToken: string];
  deauthenticate: [oldSignedAuthToken: string | null];
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
