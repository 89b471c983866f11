/**
 * The frames of a link between a worker and a broker. Every frame has the same layout, big-endian:
 *
 *     u32 bytes that follow | u8 type | u32 id | u16 bytes of the channel | channel, UTF-8 | payload
 *
 * Fields that a type does not use are empty or 0. A publication and its delivery differ in type and id
 * only, so a broker passes one on as a single copy of bytes.
 */

/** What a frame says. The comments name sender, id and what follows. */
export const FrameType = {
  /** Worker, first frame. id: the worker's; payload: the secret. Answered by `acknowledged` 0 or `refused`. */
  hello: 1,
  /** Worker. Answered by `acknowledged`. */
  subscribe: 2,
  /** Worker. No answer. */
  unsubscribe: 3,
  /** Worker. Answered by `acknowledged`, after the worker's own copy; not answered when the id is 0. */
  publish: 4,
  /** Broker: a publication of a subscribed channel. */
  message: 5,
  /** Either side. id: that of the frame it answers. */
  acknowledged: 6,
  /** Broker, last frame. payload: the reason, as text. */
  refused: 7,
  /** Worker. payload: what is asked of the store. Answered by `response`; not answered when the id is 0. */
  request: 8,
  /** Broker. id: that of the request; payload: the answer. */
  response: 9,
  /**
   * Either side. channel: what it is about. A worker's is passed on to every worker, itself included, and then
   * answered by `acknowledged`.
   */
  notice: 10,
  /** Broker. Answered by `acknowledged` with the same id, when everything before it has been taken. */
  barrier: 11,
} as const;

/** A type of frame. */
export type FrameType = (typeof FrameType)[keyof typeof FrameType];

/** Bytes of the length field, which does not count itself. */
export const LENGTH_BYTES = 4;

/** Bytes of type, id and channel length. */
export const FIELDS_BYTES = 7;

/** Longest channel name, in bytes of UTF-8. */
export const MAX_CHANNEL_BYTES = 0xffff;

/** Largest payload, 16 MiB. */
export const MAX_PAYLOAD_BYTES = 16_777_216;

/** Largest frame without its length field. */
export const MAX_FRAME_BYTES = FIELDS_BYTES + MAX_CHANNEL_BYTES + MAX_PAYLOAD_BYTES;

/** An UTF-16 unit takes at most so many bytes of UTF-8. */
const MOST_BYTES_A_UNIT = 3;

/** Tells why a channel and a payload of so many bytes do not go into one frame; undefined when they do. */
export function misfitOf(channel: string, payloadBytes: number): string | undefined {
  const isShort = channel.length * MOST_BYTES_A_UNIT <= MAX_CHANNEL_BYTES;
  const channelBytes = isShort ? channel.length * MOST_BYTES_A_UNIT : Buffer.byteLength(channel);
  if (channelBytes > MAX_CHANNEL_BYTES) {
    return `its name has ${channelBytes} bytes, the most is ${MAX_CHANNEL_BYTES}`;
  }
  if (payloadBytes > MAX_PAYLOAD_BYTES) {
    return `the payload has ${payloadBytes} bytes, the most is ${MAX_PAYLOAD_BYTES}`;
  }
  return undefined;
}

/** A peer that does not keep to the layout. The link has lost its place in the stream and must end. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}
