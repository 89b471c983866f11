import type { HandshakeStatus } from '../protocol/index.ts';
import type { AuthStateChange, SCSocket } from './socket/index.ts';

/** What becomes of a socket, which raises it too: details by the server's name for it. */
export interface SocketNews {
  authentication: [authToken: Record<string, unknown>];
  /** A client has become authenticated, or is no longer; comes before the event that says how. */
  authenticationStateChange: [change: AuthStateChange];
  /** A client offered a token that was not accepted. */
  badSocketAuthToken: [status: { authError: unknown; signedAuthToken: unknown }];
  deauthentication: [oldAuthToken: Record<string, unknown>];
  subscription: [channel: string];
  unsubscription: [channel: string];
}

type WithSocket<Socket> = {
  [Name in keyof SocketNews]: [socket: Socket, ...details: SocketNews[Name]];
};

/** What the application may listen to, with the arguments of each event. */
export interface ServerEvents<Socket = SCSocket> extends WithSocket<Socket> {
  /** Clients can come. */
  ready: [];
  /** A client is here; its handshake is still to come. */
  handshake: [socket: Socket];
  /** A client has done its handshake. */
  connection: [socket: Socket, status: HandshakeStatus];
  /** A client that had done its handshake is gone. */
  disconnection: [socket: Socket, code: number, reason: unknown];
  /** A client went before its handshake. */
  connectionAbort: [socket: Socket, code: number, reason: unknown];
  /** A client is gone, in either case. */
  closure: [socket: Socket, code: number, reason: unknown];
  /** Sent once for each session the application asked for here: its sockets have been gone for `sessionTimeout`. */
  sessionend: [id: string];
  /** Something went wrong that ended nothing, such as a middleware that blocked. */
  warning: [warning: Error];
  /** Raised by the application alone; it reaches the master's log and ends nothing. */
  error: [error: Error];
}
