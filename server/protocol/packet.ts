/** The packets of PROTOCOL.md, section 2; nothing but types. */

/** Number of a call, counted by the side that calls. Echoed in type and value. */
export type CallId = number | string;

/** With `cid` a call that wants one response; without, fire and forget. */
export interface EventPacket {
  event: string;
  data?: unknown;
  cid?: CallId | null;
}

/** The one answer to a call. */
export interface ResponsePacket {
  rid: CallId;
  error?: unknown;
  data?: unknown;
}

/** Data of `#handshake`'s answer. */
export interface HandshakeStatus {
  id: string;
  /** Milliseconds without a ping after which the client leaves. */
  pingTimeout: number;
  isAuthenticated: boolean;
  authError?: unknown;
}
