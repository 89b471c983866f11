import type { HandshakeStatus } from '../protocol/index.ts';
import type { SCSocket } from './socket/index.ts';

/** What the application may listen to, with the arguments of each event. */
export interface ServerEvents<Socket = SCSocket> {
  /** A client has done its handshake. */
  connection: [socket: Socket, status: HandshakeStatus];
  /** A client that had done its handshake is gone. */
  disconnection: [socket: Socket, code: number, reason: unknown];
  /** A client went before its handshake. */
  connectionAbort: [socket: Socket, code: number, reason: unknown];
  subscription: [socket: Socket, channel: string];
  unsubscription: [socket: Socket, channel: string];
  authentication: [socket: Socket, authToken: Record<string, unknown>];
  deauthentication: [socket: Socket, oldAuthToken: Record<string, unknown>];
  /** Sent once for each session the application asked for here: its sockets have been gone for `sessionTimeout`. */
  sessionend: [id: string];
  /** A client offered a token that was not accepted. */
  badSocketAuthToken: [socket: Socket, status: { authError: unknown; signedAuthToken: unknown }];
  /** Something went wrong that ended nothing, such as a middleware that blocked. */
  warning: [warning: Error];
  /** Raised by the application alone; it reaches the master's log and ends nothing. */
  error: [error: Error];
}
