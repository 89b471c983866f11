/** A socket, and what it shares with others, as an application with a contract sees them. Nothing but types. */
import type {
  ChannelData,
  ChannelName,
  Contract,
  EmitDetails,
  EventData,
  EventName,
  Handler,
  HandshakeStatus,
  Payload,
  PayloadAnd,
  ProcedureData,
  ProcedureName,
  ProcedureResult,
  Untyped,
} from '../protocol/index.ts';
import type {
  Global as AnyGlobal,
  Session as AnySession,
  SCSocket as AnySocket,
  AuthStateChange,
  Callback,
} from '../worker/index.ts';
import type { Exchange, Watcher } from './exchange.ts';

/** What a socket raises of its own: details by name. */
interface SocketEvents {
  /** The handshake is done. */
  connect: [status: HandshakeStatus];
  /** The connection has ended. */
  disconnect: [code: number, reason: unknown];
  /** The connection has ended before the handshake. */
  connectAbort: [code: number, reason: unknown];
  /** The connection has ended, in either case. */
  close: [code: number, reason: unknown];
  /** The connection has not ended well: with a code that is neither 1000 nor 1001. */
  error: [error: Error];
  /** Any message, as it came. */
  message: [message: string | Uint8Array];
  /** A message that is no packet. */
  raw: [message: unknown];
  subscribe: [channel: string];
  unsubscribe: [channel: string];
  authenticate: [authToken: Record<string, unknown>];
  authTokenSigned: [signedAuthToken: string];
  /** Comes before the event that says how. */
  authStateChange: [change: AuthStateChange];
  deauthenticate: [oldAuthToken: Record<string, unknown>];
  /** The client offered a token that was not accepted. */
  badAuthToken: [status: { authError: unknown; signedAuthToken: unknown }];
}

type ListenerName<C extends Contract> = keyof SocketEvents | EventName<C> | ProcedureName<C>;

type ListenerOf<C extends Contract, Name extends string> = Name extends keyof SocketEvents
  ? (...details: SocketEvents[Name]) => unknown
  : Handler<C, Name>;

type SocketRetyped =
  | 'emit'
  | 'exchange'
  | 'global'
  | 'invoke'
  | 'isSubscribed'
  | 'kickOut'
  | 'off'
  | 'on'
  | 'once'
  | 'removeListener'
  | 'session'
  | 'transmit';

type SocketInternal =
  | 'addChannel'
  | 'batchEvery'
  | 'batchFor'
  | 'channels'
  | 'checkCalls'
  | 'checkToken'
  | 'clearInbox'
  | 'close'
  | 'closeWith'
  | 'ended'
  | 'hears'
  | 'hold'
  | 'inbox'
  | 'isBusy'
  | 'isPaused'
  | 'lastHeard'
  | 'leavingWith'
  | 'ping'
  | 'pingVersion'
  | 'raise'
  | 'removeChannel'
  | 'respond'
  | 'sendArray'
  | 'sendEvent'
  | 'sendFrame'
  | 'settle'
  | 'tokenDigest';

/** One client. */
export interface SCSocket<C extends Contract = Untyped>
  extends Omit<AnySocket, SocketRetyped | SocketInternal> {
  /** What this socket shares with the others of its browser; one of its own when it came with no request. */
  readonly session: Session<C>;
  /** What the whole cluster shares; the same as that of the server. */
  readonly global: Global<C>;
  /** The channels of the whole cluster; the same as that of the server. */
  readonly exchange: Exchange<C>;

  /**
   * Handles an event of the client, a call of the client (answered by `respond`), or an event of the socket
   * itself. The client's next event of the name waits for a promise that the listener returns. The contract is
   * the application's word for what comes: a client that does not keep to it is for middleware to stop.
   */
  on<Name extends ListenerName<C>>(event: Name, listener: ListenerOf<C, Name>): this;
  /** Like `on`, for the next time only. */
  once<Name extends ListenerName<C>>(event: Name, listener: ListenerOf<C, Name>): this;
  /** Removes one listener of an event, or all of them. */
  off<Name extends ListenerName<C>>(event: Name, listener?: ListenerOf<C, Name>): this;
  /** The same as `off`. */
  removeListener<Name extends ListenerName<C>>(event: Name, listener?: ListenerOf<C, Name>): this;

  /** Sends an event. With a callback it is a call: the callback gets the response or a TimeoutError. */
  emit<Name extends EventName<C> | ProcedureName<C>>(event: Name, ...details: EmitDetails<C, Name>): void;
  /** Sends an event nobody answers. */
  transmit<Name extends EventName<C>>(event: Name, ...data: Payload<EventData<C, Name>>): void;
  /** Calls the client. Rejects with its error, with TimeoutError, or with BadConnectionError. */
  invoke<Name extends ProcedureName<C>>(
    procedure: Name,
    ...data: Payload<ProcedureData<C, Name>>
  ): Promise<ProcedureResult<C, Name>>;

  isSubscribed(channel: ChannelName<C>): boolean;
  /** Ends the client's subscription to one channel, to several, or to all. One that does not exist is no error. */
  kickOut(
    channel?: ChannelName<C> | readonly ChannelName<C>[],
    message?: string,
    callback?: Callback<void>,
  ): void;
}

type SessionRetyped = 'emit' | 'getSockets';
type SessionInternal = 'hasMembers' | 'isNoted' | 'isUsed' | 'letGo' | 'members' | 'moveTo' | 'takeIn';

/** What sockets of one browser share: data that lives in the brokers, and a way to reach all of them. */
export interface Session<C extends Contract = Untyped>
  extends Omit<AnySession, SessionRetyped | SessionInternal> {
  /** Sends an event to all sockets of the session, on all workers. The callback comes after those on this one. */
  emit<Name extends EventName<C>>(
    event: Name,
    ...details: PayloadAnd<EventData<C, Name>, Callback<void>>
  ): Promise<void>;
  /** Gives the sockets of the session on this worker. */
  getSockets(callback?: Callback<SCSocket<C>[]>): Promise<SCSocket<C>[]>;
}

/** What the whole cluster shares: channels by the name of an event, and data that lives in the brokers. */
export interface Global<C extends Contract = Untyped>
  extends Omit<AnyGlobal, 'on' | 'publish' | 'removeListener'> {
  /** Publishes to everyone in the cluster who is subscribed to the event. */
  publish<Name extends ChannelName<C>>(
    event: Name,
    ...details: PayloadAnd<ChannelData<C, Name>, Callback<void>>
  ): Promise<void>;
  /** Calls the handler with the data of each publication of the event, from now on. */
  on<Name extends ChannelName<C>>(event: Name, handler: Watcher<ChannelData<C, Name>>): this;
  /** Takes a handler away that `on` added. */
  removeListener<Name extends ChannelName<C>>(event: Name, handler: Watcher<ChannelData<C, Name>>): this;
}

/** What an HTTP request has besides Node's own. */
export interface RequestExtras<C extends Contract = Untyped> {
  /** The session of the browser that sends it. */
  readonly session: Session<C>;
  /** The same as that of the server. */
  readonly global: Global<C>;
  readonly exchange: Exchange<C>;
  readonly remoteAddress: string;
  /** The client as the first proxy on the way has it. Anybody can claim this. */
  readonly forwardedForAddress?: string | undefined;
}

/** What a request in a `req` event has besides that. */
export interface RequestWithAnswer<C extends Contract = Untyped> extends RequestExtras<C> {
  /**
   * Moves what the session keeps to one with a new id, and gives the browser that: at a login, so that an id
   * somebody has planted in the browser is worth nothing. To be called before the answer begins.
   */
  renewSession(): Promise<Session<C>>;
}
