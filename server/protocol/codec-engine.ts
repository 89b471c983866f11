/** How packets become messages and back: what an application may exchange on both sides; nothing but types. */

/** A message as a WebSocket takes and gives it: text frames for text, binary frames for bytes. */
export type Message = string | ArrayBuffer | Uint8Array;

/**
 * Turns packets into messages and back. Client and server must use the same, and so must all workers. `decode`
 * must read what `encode` wrote, and may throw for anything else: the message is a raw one then.
 */
export interface CodecEngine {
  /** Gets one packet or an array of them. Towards clients of ping protocol 1 also the pings `#1` and `#2`. */
  encode(packet: unknown): Message;
  /** Gets a message. What it returns is taken for a raw message unless it is a packet or an array. */
  decode(message: unknown): unknown;
}
